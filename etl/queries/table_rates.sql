-- How many bodies published each table, of how many that owed it?
--
-- Denominator: departments that existed in the year and owed the table, without the county government (000), without
-- those that are exempt and those whose document is not due yet. Numerator: of these, the bodies whose table is
-- published, or empty with a statement. Exempt: bodies the law exempts. Unknown: of the denominator, those for which a
-- due date is not known.
SELECT
    coverage.table_id AS key,
    coverage.fiscal_year,
    coverage.document,
    COUNT(*) FILTER (obligation = 'required' AND status IN ('published', 'nil-declared')) AS numerator,
    COUNT(*) FILTER (obligation = 'required' AND status <> 'not-due') AS denominator,
    COUNT(*) FILTER (obligation = 'exempt') AS exempt,
    COUNT(*) FILTER (obligation = 'required' AND status <> 'not-due' AND due_on IS NULL) AS unknown
FROM coverage
JOIN departments
    ON departments.department_code = coverage.department_code
    AND coverage.fiscal_year BETWEEN departments.valid_from AND departments.valid_to
WHERE departments.scope = 'department' AND coverage.department_code <> '000'
GROUP BY ALL
HAVING COUNT(*) FILTER (obligation = 'required') > 0
ORDER BY coverage.fiscal_year, MIN(coverage.rowid)
