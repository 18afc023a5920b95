-- How many bodies published everything they owed, of how many, year by year?
--
-- $document  the document that counts; empty for all
-- $tables    the tables that count; empty for all that are required
--
-- Denominator: departments that existed in the year, without the county government (000) and without those that are
-- exempt. Numerator: of these, the bodies that owed something and all of whose required tables are published, or empty
-- with a statement. Unknown: of the denominator, those for which a due date is not known.
WITH bodies AS (
    SELECT years.fiscal_year, departments.department_code, departments.exempt = 'yes' AS is_exempt
    FROM departments
    JOIN (SELECT DISTINCT fiscal_year FROM coverage) AS years
        ON years.fiscal_year BETWEEN departments.valid_from AND departments.valid_to
    WHERE departments.scope = 'department' AND departments.department_code <> '000'
),
owed AS (
    SELECT
        fiscal_year,
        department_code,
        COUNT(*) FILTER (obligation = 'required') AS required,
        COUNT(*) FILTER (obligation = 'required' AND status IN ('published', 'nil-declared')) AS published,
        COUNT(*) FILTER (due_on IS NULL) AS undated
    FROM coverage
    WHERE ($document = '' OR document = $document)
        AND (LEN($tables::VARCHAR[]) = 0 OR LIST_CONTAINS($tables::VARCHAR[], table_id))
    GROUP BY ALL
)
SELECT
    bodies.fiscal_year,
    COUNT(*) FILTER (NOT is_exempt AND required > 0 AND published = required) AS numerator,
    COUNT(*) FILTER (NOT is_exempt) AS denominator,
    COUNT(*) FILTER (is_exempt) AS exempt,
    COUNT(*) FILTER (NOT is_exempt AND undated > 0) AS unknown
FROM bodies
LEFT JOIN owed USING (fiscal_year, department_code)
GROUP BY bodies.fiscal_year
ORDER BY bodies.fiscal_year
