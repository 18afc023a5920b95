-- Which submissions and approvals name a year that nobody can mean yet?
--
-- $last_year  last year that anybody can mean
SELECT department_code, fiscal_year, document, file, 'default' AS told_by
FROM submissions
WHERE fiscal_year > $last_year AND status <> 'duplicate'
UNION ALL
SELECT department_code, fiscal_year, document, 'approvals.csv' AS file, 'approvals' AS told_by
FROM approvals
WHERE fiscal_year > $last_year
ORDER BY file, department_code, fiscal_year, document
