-- Which bodies of the register may be named, and what of them?
SELECT * EXCLUDE (may_be_named, who)
FROM named_departments
ORDER BY rowid
