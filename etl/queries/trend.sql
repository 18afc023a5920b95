-- Year by year, what became of every budget and every final account of the departments?
--
-- Without the county government (000). A document is complete where every required table is published, or empty with a
-- statement; partial where some table is there; of the rest nothing is there, and it was due or it was not. In time and
-- late speak of what is there; undated is what is there and whose approval date is not known.
WITH owed AS (
    SELECT
        coverage.fiscal_year,
        coverage.document,
        coverage.department_code,
        BOOL_AND(obligation = 'exempt') AS is_exempt,
        COUNT(*) FILTER (obligation = 'required' AND status <> 'not-due') AS due,
        COUNT(*) FILTER (obligation = 'required' AND status IN ('published', 'nil-declared')) AS done,
        COUNT(*) FILTER (status IN ('published', 'nil-declared', 'nil-undeclared')) AS there,
        COUNT(*) FILTER (status = 'rejected') AS rejected,
        COUNT(*) FILTER (obligation = 'required' AND due_on IS NULL) AS undated,
        COALESCE(MAX(days_late) FILTER (obligation = 'required'), 0) AS days_late
    FROM coverage
    JOIN departments
        ON departments.department_code = coverage.department_code
        AND coverage.fiscal_year BETWEEN departments.valid_from AND departments.valid_to
    WHERE departments.scope = 'department' AND coverage.department_code <> '000'
    GROUP BY ALL
)
SELECT
    fiscal_year,
    document,
    COUNT(*) FILTER (NOT is_exempt) AS bodies,
    COUNT(*) FILTER (is_exempt) AS exempt,
    COUNT(*) FILTER (due > 0 AND done = due) AS complete,
    COUNT(*) FILTER (there > 0 AND (due = 0 OR done < due)) AS partial,
    COUNT(*) FILTER (due > 0 AND there = 0) AS nothing,
    COUNT(*) FILTER (NOT is_exempt AND due = 0 AND there = 0) AS not_due,
    COUNT(*) FILTER (there > 0 AND undated = 0 AND days_late = 0) AS in_time,
    COUNT(*) FILTER (there > 0 AND days_late > 0) AS late,
    COUNT(*) FILTER (there > 0 AND undated > 0 AND days_late = 0) AS undated,
    MAX(days_late) AS days_late
FROM owed
GROUP BY fiscal_year, document
ORDER BY fiscal_year, document
