-- 细化程度: how many documents go down to 项 by function and to 款 by economic class, of how many that were due?
--
-- $functional  tables that print functional codes, which go down to seven digits (项)
-- $economic    tables that print economic codes, which go down to five digits (款)
--
-- Denominator: documents that are due, of departments that existed in the year, without the county government (000) and
-- without bodies that are exempt. Numerator: of these, the documents with a table of each kind in which every line that
-- has money and no lines below it is at full depth. Unknown: of the denominator, those with no line that has a code in
-- one of the two kinds of tables: empty, printed by name alone, or not accepted.
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
),
printed AS (
    SELECT DISTINCT
        fiscal_year,
        document,
        department_code,
        table_id,
        line_code,
        CASE WHEN LIST_CONTAINS($functional::VARCHAR[], table_id) THEN 7 ELSE 5 END AS depth
    FROM facts
    WHERE scope = 'department'
        AND amount_yuan <> 0
        AND (LIST_CONTAINS($functional::VARCHAR[], table_id) OR LIST_CONTAINS($economic::VARCHAR[], table_id))
        AND REGEXP_FULL_MATCH(line_code, '[0-9]{3}([0-9]{2}){0,2}')
),
-- In the order of codes, what is below a line stands right after it.
leaves AS (
    SELECT
        *,
        COALESCE(
            STARTS_WITH(
                LEAD(line_code) OVER (
                    PARTITION BY fiscal_year, document, department_code, table_id ORDER BY line_code
                ),
                line_code
            ),
            FALSE
        ) AS has_lines_below
    FROM printed
),
depths AS (
    SELECT
        fiscal_year,
        document,
        department_code,
        COUNT(*) FILTER (depth = 7) AS functional,
        COUNT(*) FILTER (depth = 5) AS economic,
        COUNT(*) FILTER (NOT has_lines_below AND LENGTH(line_code) < depth) AS shallow
    FROM leaves
    GROUP BY ALL
)
SELECT
    'detail' AS key,
    fiscal_year,
    document,
    COUNT(*) FILTER (due > 0 AND functional > 0 AND economic > 0 AND shallow = 0) AS numerator,
    COUNT(*) FILTER (due > 0) AS denominator,
    COUNT(*) FILTER (is_exempt) AS exempt,
    COUNT(*) FILTER (due > 0 AND (COALESCE(functional, 0) = 0 OR COALESCE(economic, 0) = 0)) AS unknown
FROM owed
LEFT JOIN depths USING (fiscal_year, document, department_code)
GROUP BY fiscal_year, document
HAVING denominator > 0
ORDER BY fiscal_year, document
