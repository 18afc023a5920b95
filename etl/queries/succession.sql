-- Which body took over from which, and since when does it owe for itself?
SELECT
    heirs.department_code,
    before.department_code AS predecessor_code,
    before.name_zh AS predecessor_name,
    heirs.valid_from AS fiscal_year,
    before.valid_to AS last_year
FROM departments AS heirs
CROSS JOIN UNNEST(STRING_SPLIT(heirs.successor_of, '|')) AS named (code)
JOIN departments AS before ON before.department_code = named.code
WHERE heirs.may_be_named AND before.may_be_named
ORDER BY heirs.rowid, before.rowid
