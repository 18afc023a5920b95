-- How does each total of a body compare with that of the year before?
--
-- `ratio` is this year's amount over last year's; totals of which either is nil have none and are left out.
WITH totals AS (
    SELECT
        department_code,
        scope,
        document,
        table_id,
        line_code,
        measure,
        fiscal_year,
        MAX(amount_yuan) AS amount_yuan
    FROM facts
    WHERE
        line_code IN ('total', 'total-income', 'total-expenditure', 'income-current-year', 'expenditure-current-year')
        AND amount_yuan > 0
    GROUP BY ALL
)
SELECT
    now.*,
    CAST(now.amount_yuan / before.amount_yuan AS DOUBLE) AS ratio
FROM totals AS now
JOIN totals AS before
    ON before.fiscal_year = now.fiscal_year - 1
    AND before.department_code = now.department_code
    AND before.scope = now.scope
    AND before.document = now.document
    AND before.table_id = now.table_id
    AND before.line_code = now.line_code
    AND before.measure = now.measure
ORDER BY ALL
