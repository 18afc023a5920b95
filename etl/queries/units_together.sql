-- Is a figure of a department the sum of the same figure over its own office and all its units?
--
-- $table_id, $line, $measures   the figure; the first measure that is printed counts
WITH figures AS (
    SELECT *
    FROM facts
    WHERE table_id = $table_id AND line_code = $line AND list_contains($measures, measure)
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY department_code, fiscal_year, document, scope ORDER BY list_position($measures, measure)
    ) = 1
),
units AS (
    SELECT
        parents.department_code,
        figures.fiscal_year,
        figures.document,
        COUNT(*) AS units,
        SUM(figures.amount_yuan) AS amount_yuan
    FROM departments AS parents
    JOIN departments AS children ON children.parent_code = parents.department_code AND children.scope = 'unit'
    JOIN figures ON figures.department_code = children.department_code
    GROUP BY ALL
),
registered AS (
    SELECT parent_code AS department_code, years.fiscal_year, COUNT(*) AS units
    FROM departments
    JOIN (SELECT DISTINCT fiscal_year FROM figures) AS years
        ON years.fiscal_year BETWEEN departments.valid_from AND departments.valid_to
    WHERE scope = 'unit' AND COALESCE(parent_code, '') <> ''
    GROUP BY ALL
)
SELECT
    whole.submission_id,
    whole.department_code,
    whole.fiscal_year,
    whole.document,
    whole.scope,
    whole.table_id,
    whole.source_sheet AS sheet,
    whole.source_cell AS cell,
    whole.amount_yuan,
    units.units + 1 AS units,
    units.amount_yuan + office.amount_yuan AS units_yuan
FROM figures AS whole
JOIN units USING (department_code, fiscal_year, document)
JOIN registered USING (department_code, fiscal_year)
JOIN figures AS office
    ON office.department_code = whole.department_code
    AND office.fiscal_year = whole.fiscal_year
    AND office.document = whole.document
    AND office.scope = 'unit'
WHERE whole.scope = 'department' AND units.units = registered.units
ORDER BY whole.department_code, whole.fiscal_year, whole.document
