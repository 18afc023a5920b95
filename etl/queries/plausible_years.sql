-- How much came in each year, document by document, and how many figures beside the year before?
--
-- `share` is that of the required tables that are due; `figures_ratio` is empty where the year before has nothing.
WITH due AS (
    SELECT
        fiscal_year,
        document,
        COUNT(*) AS owed,
        COUNT(*) FILTER (status IN ('published', 'nil-declared')) AS came
    FROM coverage
    WHERE obligation = 'required' AND status <> 'not-due'
    GROUP BY ALL
),
printed AS (
    SELECT
        fiscal_year,
        document,
        COUNT(*) AS figures,
        COUNT(DISTINCT department_code) AS bodies
    FROM facts
    GROUP BY ALL
)
SELECT
    fiscal_year,
    document,
    due.owed,
    due.came,
    CAST(due.came / due.owed AS DOUBLE) AS share,
    printed.figures,
    printed.bodies,
    CAST(printed.figures / printed.bodies AS DOUBLE) AS figures_of_a_body,
    CAST(printed.figures / before.figures * before.bodies / printed.bodies AS DOUBLE) AS figures_ratio
FROM due
FULL JOIN printed USING (fiscal_year, document)
LEFT JOIN printed AS before ON before.document = document AND before.fiscal_year = fiscal_year - 1
ORDER BY fiscal_year, document
