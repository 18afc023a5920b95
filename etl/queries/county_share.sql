-- How much of the total of the county's own table do the totals of its departments cover?
--
-- $table_id, $measures          the county's figure; the first measure that is printed counts
-- $departments, $of_measures    the departments' table and figure
WITH county AS (
    SELECT *
    FROM facts
    WHERE department_code = '000' AND table_id = $table_id AND line_code = 'total' AND list_contains($measures, measure)
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY fiscal_year, document ORDER BY list_position($measures, measure), submission_id
    ) = 1
),
bodies AS (
    SELECT facts.*
    FROM facts
    JOIN departments USING (department_code)
    WHERE facts.department_code <> '000' AND departments.scope = 'department' AND facts.scope = 'department'
        AND table_id = $departments AND line_code = 'total' AND list_contains($of_measures, measure)
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY department_code, fiscal_year, document ORDER BY list_position($of_measures, measure)
    ) = 1
)
SELECT
    county.submission_id,
    county.department_code,
    county.fiscal_year,
    county.document,
    county.scope,
    county.table_id,
    county.source_sheet AS sheet,
    county.source_cell AS cell,
    county.amount_yuan,
    COUNT(bodies.department_code) AS bodies,
    SUM(bodies.amount_yuan) AS departments_yuan
FROM county
JOIN bodies ON bodies.fiscal_year = county.fiscal_year AND bodies.document = county.document
GROUP BY ALL
ORDER BY county.fiscal_year, county.document
