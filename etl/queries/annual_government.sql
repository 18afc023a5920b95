-- 县级财政预决算: how many documents did the county government itself publish for the report of a year, with how many tables?
--
-- $year                         year of the report
-- $whole_documents, $whole_offsets  documents that count as a whole, and their fiscal years against that of the report
--
-- Documents and tables are different units: a budget has fourteen tables. Files are the submissions of which at least one
-- table stands.
WITH documents AS (
    SELECT
        UNNEST($whole_documents::VARCHAR[]) AS document,
        $year + UNNEST($whole_offsets::INTEGER[]) AS fiscal_year
),
owed AS (
    SELECT coverage.*
    FROM coverage
    JOIN documents USING (document, fiscal_year)
    WHERE department_code = '000'
),
there AS (
    SELECT *
    FROM owed
    WHERE status IN ('published', 'nil-declared', 'nil-undeclared')
)
SELECT
    CASE WHEN (SELECT COUNT(*) FROM owed) > 0 THEN COUNT(DISTINCT (document, fiscal_year)) END AS documents,
    CASE WHEN (SELECT COUNT(*) FROM owed) > 0 THEN COUNT(*) END AS tables,
    CASE WHEN (SELECT COUNT(*) FROM owed) > 0 THEN COUNT(DISTINCT NULLIF(submission_id, '')) END AS files
FROM there
