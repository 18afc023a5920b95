-- 部门预决算信息: how many items did departments publish for the report of a year, of how many they had to?
--
-- $year                                  year of the report
-- $items, $documents, $tables, $offsets  what counts as an item: its key, its document, its one table where it is one (else
--                                        empty), and its fiscal year against that of the report
--
-- An item is published where at least one of its tables is accepted, filled or empty. Expected: one item of every
-- department that existed in the fiscal year of the item and is not exempt. In the year: its first table was
-- published by the end of the year of the report. A kind of item of which nothing is measured yields nothing, and no zero.
WITH items AS (
    SELECT
        UNNEST($items::VARCHAR[]) AS item,
        UNNEST($documents::VARCHAR[]) AS document,
        UNNEST($tables::VARCHAR[]) AS only_table,
        $year + UNNEST($offsets::INTEGER[]) AS fiscal_year
),
owed AS (
    SELECT
        items.item,
        items.fiscal_year,
        items.document,
        departments.department_code,
        departments.name_zh AS department_name,
        departments.exempt,
        departments.may_be_named,
        COUNT(coverage.table_id) FILTER (coverage.obligation <> 'exempt') AS measured,
        COUNT(*) FILTER (coverage.status IN ('published', 'nil-declared', 'nil-undeclared')) AS there,
        COUNT(*) FILTER (coverage.status = 'rejected') AS rejected,
        COUNT(*) FILTER (coverage.status = 'missing') AS missing,
        MIN(coverage.published_on) AS published_on
    FROM items
    JOIN departments ON items.fiscal_year BETWEEN departments.valid_from AND departments.valid_to
    LEFT JOIN coverage
        ON coverage.department_code = departments.department_code
        AND coverage.fiscal_year = items.fiscal_year
        AND coverage.document = items.document
        AND items.only_table IN ('', coverage.table_id)
    WHERE departments.scope = 'department' AND departments.department_code <> '000'
    GROUP BY ALL
)
SELECT
    COALESCE(item, 'all') AS item,
    ANY_VALUE(fiscal_year) AS fiscal_year,
    CASE WHEN SUM(measured) > 0 THEN COUNT(*) FILTER (measured > 0) END AS expected,
    CASE WHEN SUM(measured) > 0 THEN COUNT(*) FILTER (there > 0) END AS published,
    CASE WHEN SUM(measured) > 0 THEN COUNT(*) FILTER (measured > 0 AND there = 0) END AS lacking,
    CASE WHEN SUM(measured) > 0 THEN COUNT(*) FILTER (there > 0 AND YEAR(published_on) <= $year) END AS in_year
FROM owed
WHERE exempt <> 'yes'
GROUP BY GROUPING SETS ((item), ())
ORDER BY GROUPING(owed.item), owed.item
