-- Which statements say that a table is empty which came with figures and stands?
SELECT said.department_code, said.fiscal_year, said.document, said.table_id, said.file
FROM nil_statements AS said
JOIN coverage USING (department_code, fiscal_year, document, table_id)
WHERE coverage.status = 'published'
ORDER BY said.file, said.table_id
