-- What do the figures of each table look like, year by year and document by document?
SELECT
    table_id,
    fiscal_year,
    document,
    COUNT(*) AS figures,
    COUNT(DISTINCT department_code) AS bodies,
    CAST(COUNT(*) FILTER (amount_yuan = 0) / figures AS DOUBLE) AS zero_share,
    CAST(COUNT(*) FILTER (amount_yuan < 0) / figures AS DOUBLE) AS negative_share,
    CAST(COUNT(*) FILTER (line_code IS NULL OR line_code = '') / figures AS DOUBLE) AS uncoded_share,
    CAST(MAX(ABS(amount_yuan)) AS DOUBLE) AS largest_yuan
FROM facts
GROUP BY ALL
ORDER BY ALL
