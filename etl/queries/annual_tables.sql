-- 部门公开的表: how many tables do the documents hold that departments published for the report of a year?
--
-- $year                         year of the report
-- $whole_documents, $whole_offsets  documents that count as a whole, and their fiscal years against that of the report
--
-- Tables published, or empty with or without a statement, required or not; departments as in annual_departments.sql.
WITH documents AS (
    SELECT
        UNNEST($whole_documents::VARCHAR[]) AS document,
        $year + UNNEST($whole_offsets::INTEGER[]) AS fiscal_year
)
SELECT
    CASE WHEN COUNT(*) > 0
        THEN COUNT(*) FILTER (coverage.status IN ('published', 'nil-declared', 'nil-undeclared'))
    END AS tables
FROM coverage
JOIN documents USING (document, fiscal_year)
JOIN departments
    ON departments.department_code = coverage.department_code
    AND coverage.fiscal_year BETWEEN departments.valid_from AND departments.valid_to
WHERE departments.scope = 'department' AND coverage.department_code <> '000' AND coverage.obligation <> 'exempt'
