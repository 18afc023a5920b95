-- What became of every duty of a body that may be named? Which submission was rejected stays with the reviewers.
SELECT coverage.* REPLACE (
    CASE WHEN coverage.status = 'rejected' THEN '' ELSE coverage.submission_id END AS submission_id
)
FROM coverage
JOIN departments USING (department_code)
WHERE departments.may_be_named
ORDER BY coverage.rowid
