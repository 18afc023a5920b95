-- 真实性: how many documents agree with themselves and with each other, of how many that were due?
--
-- Whether a figure is true cannot be seen from here; whether it contradicts another can. Denominator: documents that
-- are due, of departments that existed in the year, without the county government (000) and without bodies that are
-- exempt. Numerator: of these, the documents of which every file that stands was accepted without an error or a
-- warning, and no file was rejected or withheld in place of which none was accepted later. Unknown: of the denominator,
-- those of which nothing came: there is nothing to judge.
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
),
judged AS (
    SELECT
        fiscal_year,
        document,
        department_code,
        COUNT(*) FILTER (status IN ('accepted', 'rejected', 'withheld')) AS came,
        COUNT(*) FILTER (status = 'accepted' AND errors + warnings > 0) AS doubted,
        MAX((received_on, place)) FILTER (status IN ('rejected', 'withheld')) AS refused,
        MAX((received_on, place)) FILTER (status IN ('accepted', 'superseded')) AS accepted
    FROM submissions
    WHERE scope = 'department'
    GROUP BY ALL
)
SELECT
    'truthfulness' AS key,
    fiscal_year,
    document,
    COUNT(*) FILTER (
        due > 0 AND came > 0 AND doubted = 0 AND accepted IS NOT NULL AND (refused IS NULL OR refused < accepted)
    ) AS numerator,
    COUNT(*) FILTER (due > 0) AS denominator,
    COUNT(*) FILTER (is_exempt) AS exempt,
    COUNT(*) FILTER (due > 0 AND COALESCE(came, 0) = 0) AS unknown
FROM owed
LEFT JOIN judged USING (fiscal_year, document, department_code)
GROUP BY fiscal_year, document
HAVING denominator > 0
ORDER BY fiscal_year, document
