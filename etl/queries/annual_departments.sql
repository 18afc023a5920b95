-- 部门预算单位: how many departments did the register have in the year of the report, and how many owe publication?
--
-- $year  year of the report
--
-- Departments of the register that existed in that year, without the county government (000) and without subordinate
-- units. Exempt: bodies the law exempts as a whole; a body that is exempt in part owes the rest and is not among them.
SELECT
    COUNT(*) AS departments,
    COUNT(*) FILTER (exempt = 'yes') AS exempt,
    COUNT(*) FILTER (exempt <> 'yes') AS obliged
FROM departments
WHERE scope = 'department' AND department_code <> '000' AND $year BETWEEN valid_from AND valid_to
