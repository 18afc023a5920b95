-- What became of every duty of a body that may be named?
SELECT coverage.*
FROM coverage
JOIN departments USING (department_code)
WHERE departments.may_be_named
ORDER BY coverage.rowid
