-- By the clocks of the Open Budget Survey, were the county's own budget and final account published in time?
--
-- Of the county government (000) alone, and of the documents it shares with the survey. A document is there once every
-- required table is published, or empty with a statement; its day is that of the last of them. Months are counted from
-- the approval, or from the end of the fiscal year; a month that is too short ends on its last day. Beside it stand the
-- legal due date and the days late by it. Without an approval date nothing that hangs on it is said.
WITH owed AS (
    SELECT
        fiscal_year,
        document,
        COUNT(*) FILTER (obligation = 'required') AS required,
        COUNT(*) FILTER (obligation = 'required' AND status IN ('published', 'nil-declared')) AS done,
        MAX(published_on) FILTER (status IN ('published', 'nil-declared')) AS last_on,
        MAX(due_on) AS legal_due_on,
        MAX(days_late) AS legal_days_late
    FROM coverage
    WHERE department_code = '000'
    GROUP BY ALL
    HAVING required > 0
),
clocked AS (
    SELECT
        international.key,
        owed.fiscal_year,
        owed.document,
        CAST(
            CASE international.after
                WHEN 'approval' THEN approvals.approved_on + TO_MONTHS(international.months)
                WHEN 'year' THEN MAKE_DATE(owed.fiscal_year, 12, 31) + TO_MONTHS(international.months)
            END AS DATE
        ) AS due_on,
        CASE WHEN owed.done = owed.required THEN owed.last_on END AS published_on,
        owed.done = owed.required AS is_there,
        owed.legal_due_on,
        CASE WHEN owed.done = owed.required THEN owed.legal_days_late END AS legal_days_late
    FROM owed
    JOIN international USING (document)
    LEFT JOIN approvals
        ON approvals.department_code = '000'
        AND approvals.fiscal_year = owed.fiscal_year
        AND approvals.document = owed.document
)
SELECT
    key,
    fiscal_year,
    document,
    due_on,
    published_on,
    CASE
        WHEN due_on IS NULL OR (is_there AND published_on IS NULL) THEN 'unknown'
        WHEN is_there AND published_on <= due_on THEN 'in-time'
        WHEN is_there THEN 'late'
        WHEN measured_on.today <= due_on THEN 'not-due'
        ELSE 'missing'
    END AS verdict,
    CASE
        WHEN due_on IS NOT NULL AND published_on IS NOT NULL THEN GREATEST(DATE_DIFF('day', due_on, published_on), 0)
    END::INTEGER AS days_late,
    legal_due_on,
    legal_days_late
FROM clocked
CROSS JOIN measured_on
ORDER BY fiscal_year, key
