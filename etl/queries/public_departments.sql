-- Which bodies of the register may be named?
SELECT * EXCLUDE (may_be_named)
FROM departments
WHERE may_be_named
ORDER BY rowid
