-- 完整性: how many required tables are there, of how many that were due?
--
-- Counted in tables, where the headline rates count bodies: a department that published eight of nine counts for eight.
-- Denominator: required tables that are due, of departments that existed in the year, without the county government
-- (000) and without bodies that are exempt. Numerator: of these, the tables that are published, or empty with a
-- statement. Exempt: bodies, since what an exempt body would owe is not to be counted. Unknown: of the denominator, the
-- tables that came and were rejected: they exist, and nobody can see whether they are whole.
WITH owed AS (
    SELECT
        coverage.fiscal_year,
        coverage.document,
        coverage.department_code,
        BOOL_AND(obligation = 'exempt') AS is_exempt,
        COUNT(*) FILTER (obligation = 'required' AND status <> 'not-due') AS due,
        COUNT(*) FILTER (obligation = 'required' AND status IN ('published', 'nil-declared')) AS done,
        COUNT(*) FILTER (status IN ('published', 'nil-declared', 'nil-undeclared')) AS there,
        COUNT(*) FILTER (status = 'rejected') AS rejected,
        COUNT(*) FILTER (obligation = 'required' AND due_on IS NULL) AS undated,
        COALESCE(MAX(days_late) FILTER (obligation = 'required'), 0) AS days_late
    FROM coverage
    JOIN departments
        ON departments.department_code = coverage.department_code
        AND coverage.fiscal_year BETWEEN departments.valid_from AND departments.valid_to
    WHERE departments.scope = 'department' AND coverage.department_code <> '000'
    GROUP BY ALL
)
SELECT
    'completeness' AS key,
    fiscal_year,
    document,
    SUM(done)::INTEGER AS numerator,
    SUM(due)::INTEGER AS denominator,
    COUNT(*) FILTER (is_exempt) AS exempt,
    SUM(rejected)::INTEGER AS unknown
FROM owed
GROUP BY fiscal_year, document
HAVING denominator > 0
ORDER BY fiscal_year, document
