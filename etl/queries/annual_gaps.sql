-- 缺什么: which department lacks which item of the report of a year?
--
-- $year                                  year of the report
-- $items, $documents, $tables, $offsets  what counts as an item: its key, its document, its one table where it is one (else
--                                        empty), and its fiscal year against that of the report
--
-- Only departments that are not exempt and may be named. Rejected: it came and was returned. Not due: its day has not come.
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
    department_code,
    department_name,
    item,
    fiscal_year,
    document,
    CASE WHEN rejected > 0 THEN 'rejected' WHEN missing > 0 THEN 'missing' ELSE 'not-due' END AS state
FROM owed
WHERE exempt <> 'yes' AND may_be_named AND measured > 0 AND there = 0
ORDER BY LIST_POSITION($items::VARCHAR[], item), department_code
