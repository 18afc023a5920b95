-- 行政事业性收费: what did the county charge in the year of the report, in 万元?
--
-- $year  year of the report
--
-- 行政事业性收费收入 (10304) of the county's own general budget, as the final account of that year has it; nothing where
-- that final account has not come. Education fees kept in the special account are not in it.
SELECT CAST(amount_yuan * 0.0001 AS DECIMAL(18, 6)) AS amount_wan, source_file, source_sheet, source_cell
FROM facts
WHERE department_code = '000'
    AND fiscal_year = $year
    AND document = 'final-account'
    AND table_id = 'gov-general-revenue'
    AND line_code = '10304'
    AND measure IN ('final', 'amount', 'total')
ORDER BY LIST_POSITION(['final', 'amount', 'total'], measure)
LIMIT 1
