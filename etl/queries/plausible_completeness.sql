-- How much of what each body owed in each year has come, document by document?
--
-- `owed` are the required tables that are due; `came` those that are published, or empty with a statement.
SELECT
    department_code,
    fiscal_year,
    document,
    COUNT(*) AS owed,
    COUNT(*) FILTER (status IN ('published', 'nil-declared')) AS came,
    CAST(came / owed AS DOUBLE) AS share
FROM coverage
WHERE obligation = 'required' AND status <> 'not-due'
GROUP BY ALL
ORDER BY ALL
