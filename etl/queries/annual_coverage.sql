-- 覆盖面: how many departments published any item of the report of a year, how many every one, of how many?
--
-- $year                                  year of the report
-- $items, $documents, $tables, $offsets  what counts as an item: its key, its document, its one table where it is one (else
--                                        empty), and its fiscal year against that of the report
--
-- Denominator: departments that existed in the year of the report and are not exempt. Covered: of these, those with at
-- least one item published. Complete: those with every item that is measured of them. Percent: covered of the denominator,
-- one decimal, rounded half up, but never to 100 where it is not all: as `format_percent` (etl/amounts.py).
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
),
bodies AS (
    SELECT
        departments.department_code,
        COALESCE(SUM(measured), 0) AS measured,
        COUNT(*) FILTER (there > 0) AS there,
        COUNT(*) FILTER (measured > 0 AND there = 0) AS lacking
    FROM departments
    LEFT JOIN owed USING (department_code)
    WHERE departments.scope = 'department'
        AND departments.department_code <> '000'
        AND departments.exempt <> 'yes'
        AND $year BETWEEN departments.valid_from AND departments.valid_to
    GROUP BY ALL
)
SELECT
    CASE WHEN SUM(measured) > 0 THEN COUNT(*) FILTER (there > 0) END AS covered,
    CASE WHEN SUM(measured) > 0 THEN COUNT(*) FILTER (there > 0 AND lacking = 0) END AS complete,
    CASE WHEN SUM(measured) > 0 THEN COUNT(*) END AS denominator,
    CASE
        WHEN SUM(measured) > 0 AND covered = denominator THEN CAST(100 AS DECIMAL(5, 1))
        WHEN SUM(measured) > 0 THEN CAST(LEAST(ROUND(1000 * covered / denominator) / 10, 99.9) AS DECIMAL(5, 1))
    END AS percent
FROM bodies
