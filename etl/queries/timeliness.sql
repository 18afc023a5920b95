-- 及时性: how many documents were published in time, of how many that were due?
--
-- A document is a budget or final account of one department. Denominator: those due, of departments that existed in the
-- year, without the county government (000) and without bodies that are exempt. Numerator: of these, the documents all
-- of whose required tables are there, and none of which came after its due date. Unknown: of the denominator, those for
-- which the approval date is not known: in time they are not counted, and late they are not called. What is due and has
-- not come is not in time.
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
    'timeliness' AS key,
    fiscal_year,
    document,
    COUNT(*) FILTER (due > 0 AND done = due AND undated = 0 AND days_late = 0) AS numerator,
    COUNT(*) FILTER (due > 0) AS denominator,
    COUNT(*) FILTER (is_exempt) AS exempt,
    COUNT(*) FILTER (due > 0 AND undated > 0) AS unknown
FROM owed
GROUP BY fiscal_year, document
HAVING denominator > 0
ORDER BY fiscal_year, document
