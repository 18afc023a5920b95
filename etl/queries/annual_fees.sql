-- 收费清单: how many entries do the lists of fees and funds hold that were in force for the report of a year?
--
-- $year  year of the report
--
-- Of every list the latest that is not later than the year. An entry is a row of the list with an item or a sub-item. The
-- enterprise list repeats entries of the full one: entries are counted as the lists print them.
WITH entries AS (
    SELECT
        CASE WHEN CONTAINS(list_type, '涉企') THEN 'enterprise' ELSE 'administrative' END AS list,
        list_type,
        fiscal_year
    FROM fees
    WHERE fiscal_year <= $year AND (COALESCE(item, '') <> '' OR COALESCE(sub_item, '') <> '')
    UNION ALL
    SELECT 'funds', list_type, fiscal_year
    FROM funds
    WHERE fiscal_year <= $year AND COALESCE(item, '') <> ''
),
latest AS (
    SELECT *
    FROM entries
    QUALIFY fiscal_year = MAX(fiscal_year) OVER (PARTITION BY list_type)
)
SELECT COALESCE(list, 'all') AS list, COUNT(*) AS entries, MIN(fiscal_year) AS oldest
FROM latest
GROUP BY GROUPING SETS ((list), ())
HAVING COUNT(*) > 0
ORDER BY GROUPING(latest.list), latest.list
