-- Which tables have all the figures of another table of the same kind, of another body or another year? Of two that
-- came on one day nobody can say which is the copy: both are told.
--
-- $figures     how many figures other than zero a table must have
-- $different   how many different ones among them
WITH prints AS (
    SELECT
        submission_id,
        department_code,
        fiscal_year,
        document,
        scope,
        table_id,
        ANY_VALUE(source_file) AS file,
        MD5(STRING_AGG(line_code || '|' || measure || '|' || amount_yuan, ';' ORDER BY line_code, measure, amount_yuan)) AS print
    FROM facts
    GROUP BY ALL
    HAVING COUNT(*) FILTER (amount_yuan <> 0) >= $figures
        AND COUNT(DISTINCT amount_yuan) FILTER (amount_yuan <> 0) >= $different
),
placed AS (
    SELECT prints.*, submissions.place, submissions.received_on, departments.name_zh, departments.parent_code
    FROM prints
    JOIN submissions USING (submission_id, department_code, fiscal_year, document, scope)
    JOIN departments USING (department_code)
)
SELECT
    later.submission_id,
    later.department_code,
    later.fiscal_year,
    later.document,
    later.scope,
    later.table_id,
    earlier.name_zh AS other_department_name,
    earlier.fiscal_year AS other_fiscal_year,
    earlier.file AS other_file
FROM placed AS later
JOIN placed AS earlier
    ON later.print = earlier.print
    AND later.table_id = earlier.table_id
    AND later.document = earlier.document
    AND later.place <> earlier.place
    AND later.received_on >= earlier.received_on
WHERE (later.department_code <> earlier.department_code OR later.fiscal_year <> earlier.fiscal_year)
    AND later.department_code <> COALESCE(earlier.parent_code, '')
    AND earlier.department_code <> COALESCE(later.parent_code, '')
QUALIFY ROW_NUMBER() OVER (
    PARTITION BY later.submission_id, later.department_code, later.fiscal_year, later.scope, later.table_id
    ORDER BY earlier.received_on, earlier.place
) = 1
ORDER BY later.place, later.table_id
