-- Of the year's set of forms of the province, which tables came with each document that came at all, and which did not?
--
-- $division  division code of the county
SELECT
    here.department_code,
    here.fiscal_year,
    here.document,
    obligations.table_id,
    came.table_id IS NOT NULL AS came
FROM (
    SELECT DISTINCT department_code, fiscal_year, document
    FROM coverage
    WHERE status IN ('published', 'nil-declared', 'nil-undeclared')
) AS here
JOIN departments
    ON departments.department_code = here.department_code
    AND here.fiscal_year BETWEEN departments.valid_from AND departments.valid_to
JOIN obligations
    ON obligations.who = departments.who
    AND obligations.document = here.document
    AND obligations.level = 'expected'
    AND here.fiscal_year BETWEEN obligations.since AND obligations.until
    AND STARTS_WITH($division, obligations.division)
LEFT JOIN coverage AS came
    ON came.department_code = here.department_code
    AND came.fiscal_year = here.fiscal_year
    AND came.document = here.document
    AND came.table_id = obligations.table_id
    AND came.status IN ('published', 'nil-declared', 'nil-undeclared')
ORDER BY departments.rowid, here.fiscal_year, obligations.place
