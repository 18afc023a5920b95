-- What does one document say, and what does another document of the same body say of the same thing?
--
-- $document, $table_id, $lines, $measures                       what is compared; the first measure that is printed counts
-- $other_document, $other_table_id, $other_lines, $other_measures   with what, $years later (or earlier)
WITH figures AS (
    SELECT facts.*, departments.valid_from
    FROM facts
    JOIN departments USING (department_code)
),
here AS (
    SELECT *
    FROM figures
    WHERE document = $document AND table_id = $table_id
        AND list_contains($lines, line_code) AND list_contains($measures, measure)
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY submission_id, department_code, fiscal_year, scope, line_code
        ORDER BY list_position($measures, measure)
    ) = 1
),
there AS (
    SELECT *
    FROM figures
    WHERE document = $other_document AND table_id = $other_table_id
        AND list_contains($other_lines, line_code) AND list_contains($other_measures, measure)
    QUALIFY ROW_NUMBER() OVER (
        PARTITION BY department_code, fiscal_year, scope, line_code
        ORDER BY list_position($other_measures, measure)
    ) = 1
)
SELECT
    here.submission_id,
    here.department_code,
    here.fiscal_year,
    here.document,
    here.scope,
    here.table_id,
    here.source_sheet AS sheet,
    here.source_cell AS cell,
    here.amount_yuan,
    there.submission_id AS other_submission_id,
    there.department_code AS other_department_code,
    there.fiscal_year AS other_fiscal_year,
    there.document AS other_document,
    there.scope AS other_scope,
    there.table_id AS other_table_id,
    there.source_sheet AS other_sheet,
    there.source_cell AS other_cell,
    there.amount_yuan AS other_amount_yuan
FROM here
JOIN there
    ON there.department_code = here.department_code
    AND there.scope = here.scope
    AND there.fiscal_year = here.fiscal_year + $years
    AND (there.line_code = here.line_code OR (len($lines) = 1 AND NOT list_contains($other_lines, here.line_code)))
WHERE there.fiscal_year >= here.valid_from
QUALIFY ROW_NUMBER() OVER (
    PARTITION BY here.submission_id, here.department_code, here.fiscal_year, here.scope, here.line_code
    ORDER BY there.line_code <> here.line_code, list_position($other_lines, there.line_code)
) = 1
ORDER BY here.submission_id, here.department_code, here.fiscal_year, here.source_sheet, here.source_cell
