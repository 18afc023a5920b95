-- When was every document approved, first accepted here, and published on its original page? Of bodies that may be named.
WITH accepted AS (
    SELECT department_code, fiscal_year, document, MIN(received_on) AS accepted_on
    FROM submissions
    WHERE status IN ('accepted', 'superseded') AND scope = 'department'
    GROUP BY ALL
)
SELECT
    department_code,
    fiscal_year,
    document,
    approvals.approved_on,
    accepted.accepted_on,
    approvals.published_on AS shown_on,
    COALESCE(approvals.published_url, '') AS published_url
FROM approvals
FULL JOIN accepted USING (department_code, fiscal_year, document)
WHERE department_code NOT IN (SELECT department_code FROM departments WHERE NOT may_be_named)
ORDER BY department_code, fiscal_year, document
