-- 公开形式: how many documents stand on a page whose address is on record, of how many that were due?
--
-- Everything here can be searched, read and downloaded by machines; whether a document also stands on the portal, in
-- one column, only its address shows. Denominator: documents that are due, of departments that existed in the year,
-- without the county government (000) and without bodies that are exempt. Numerator: of these, the documents of which
-- something is published here and the register of approvals has the address of the page. Unknown: of the denominator,
-- those that are published here and whose page nobody has entered.
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
    'form' AS key,
    fiscal_year,
    document,
    COUNT(*) FILTER (due > 0 AND there > 0 AND approvals.published_url <> '') AS numerator,
    COUNT(*) FILTER (due > 0) AS denominator,
    COUNT(*) FILTER (is_exempt) AS exempt,
    COUNT(*) FILTER (due > 0 AND there > 0 AND COALESCE(approvals.published_url, '') = '') AS unknown
FROM owed
LEFT JOIN approvals USING (fiscal_year, document, department_code)
GROUP BY fiscal_year, document
HAVING denominator > 0
ORDER BY fiscal_year, document
