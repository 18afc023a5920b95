-- For every document a body owed: which required tables are missing, how late was it, can that be said at all?
SELECT
    department_code,
    fiscal_year,
    document,
    COUNT(*) FILTER (obligation = 'required') AS required,
    LIST(table_id ORDER BY rowid) FILTER (obligation = 'required' AND status = 'missing') AS missing,
    COUNT(*) FILTER (published_on IS NOT NULL) AS published,
    ANY_VALUE(due_on) AS due_on,
    MAX(published_on) AS published_on,
    MAX(days_late) AS days_late
FROM coverage
WHERE obligation <> 'exempt'
GROUP BY department_code, fiscal_year, document
ORDER BY MIN(rowid)
