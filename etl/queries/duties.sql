-- What did every body of the register owe in every year, and what has come in for it?
--
-- $first_year  first year that is counted
-- $last_year   last year that anybody can mean: a year beyond it is a slip of the pen, and makes no duties
-- $division    division code of the county
--
-- Years run from the first to the latest that an approval or a submission names. What is only expected has a row where
-- something came. A statement that a table is empty counts where the table came empty, or nothing came at all. The last
-- final account of a body that ended is drawn up after its end: where the body that took over publishes it in its own
-- name, it counts for both.
WITH named AS (
    SELECT fiscal_year FROM approvals
    UNION ALL
    SELECT fiscal_year FROM submissions
),
years AS (
    SELECT UNNEST(RANGE($first_year, MAX(fiscal_year) + 1)) AS fiscal_year
    FROM named
    WHERE fiscal_year <= $last_year
),
duties AS (
    SELECT
        bodies.rowid AS body,
        bodies.department_code,
        bodies.name_zh AS department_name,
        bodies.who,
        years.fiscal_year,
        obligations.place,
        obligations.document,
        obligations.table_id,
        obligations.clock,
        obligations.level,
        bodies.exempt = 'yes' AS is_exempt
    FROM departments AS bodies
    JOIN years ON years.fiscal_year BETWEEN bodies.valid_from AND bodies.valid_to
    JOIN obligations
        ON obligations.who = bodies.who
        AND years.fiscal_year BETWEEN obligations.since AND obligations.until
        AND STARTS_WITH($division, obligations.division)
),
-- A unit's own tables count for the unit where the register has it, and never for its department.
units AS (
    SELECT DISTINCT department_code FROM departments WHERE scope = 'unit'
),
-- Who may speak for whom: everybody for itself, and for the last year of a body that ended, the one that took over and
-- did not exist in that year. An heir that is exempt speaks for nobody.
voices AS (
    SELECT DISTINCT department_code AS speaker, department_code, NULL::INTEGER AS fiscal_year, NULL AS document
    FROM departments
    UNION
    SELECT heirs.department_code, ended.department_code, ended.valid_to, 'final-account'
    FROM departments AS heirs
    CROSS JOIN UNNEST(STRING_SPLIT(heirs.successor_of, '|')) AS named (code)
    JOIN departments AS ended
        ON ended.department_code = named.code
        AND ended.valid_to < heirs.valid_from
    WHERE heirs.exempt <> 'yes' AND heirs.department_code <> ended.department_code
),
held AS (
    SELECT
        voices.department_code,
        voices.department_code = voices.speaker AS is_own,
        submissions.* EXCLUDE (department_code),
        received_tables.table_id,
        received_tables.stands,
        received_tables.state
    FROM received_tables
    JOIN submissions USING (place)
    JOIN voices
        ON voices.speaker = submissions.department_code
        AND COALESCE(voices.fiscal_year, submissions.fiscal_year) = submissions.fiscal_year
        AND COALESCE(voices.document, submissions.document) = submissions.document
    WHERE submissions.scope = 'department' OR submissions.department_code IN (FROM units)
),
latest AS (
    SELECT
        department_code,
        fiscal_year,
        document,
        table_id,
        ARG_MAX(state, (is_own, received_on, place)) FILTER (stands) AS state,
        ARG_MAX(submission_id, (is_own, received_on, place)) FILTER (stands) AS standing_id,
        MIN(received_on) FILTER (status IN ('accepted', 'superseded')) AS first_accepted_on,
        ARG_MAX(submission_id, (is_own, received_on, place)) FILTER (status IN ('rejected', 'withheld')) AS rejected_id
    FROM held
    GROUP BY ALL
),
said AS (
    SELECT voices.department_code, said.fiscal_year, said.document, said.table_id, MIN(said.stated_on) AS stated_on
    FROM nil_statements AS said
    JOIN voices
        ON voices.speaker = said.department_code
        AND COALESCE(voices.fiscal_year, said.fiscal_year) = said.fiscal_year
        AND COALESCE(voices.document, said.document) = said.document
    GROUP BY ALL
),
-- A row of the register of approvals for the body itself goes before one for the body that took over.
dated AS (
    SELECT
        voices.department_code,
        approvals.fiscal_year,
        approvals.document,
        ARG_MAX(approvals.approved_on, voices.department_code = voices.speaker) AS approved_on,
        ARG_MAX(approvals.published_on, voices.department_code = voices.speaker) AS published_on
    FROM approvals
    JOIN voices
        ON voices.speaker = approvals.department_code
        AND COALESCE(voices.fiscal_year, approvals.fiscal_year) = approvals.fiscal_year
        AND COALESCE(voices.document, approvals.document) = approvals.document
    GROUP BY ALL
),
judged AS (
    SELECT
        duties.*,
        CASE
            WHEN duties.is_exempt THEN 'exempt'
            WHEN latest.state = 'filled' THEN 'published'
            WHEN latest.state = 'nil-declared' THEN 'nil-declared'
            WHEN latest.state IS NULL AND latest.rejected_id IS NOT NULL THEN 'rejected'
            WHEN said.stated_on IS NOT NULL THEN 'nil-declared'
            WHEN latest.state IS NOT NULL THEN latest.state
            ELSE 'missing'
        END AS status,
        dated.approved_on,
        dated.published_on AS shown_on,
        -- A table that came empty without a word counts as stated from the day on which both were there.
        CASE
            WHEN latest.state = 'nil-undeclared' THEN GREATEST(latest.first_accepted_on, said.stated_on)
            ELSE COALESCE(latest.first_accepted_on, said.stated_on)
        END AS came_on,
        COALESCE(latest.standing_id, latest.rejected_id, '') AS submission_id
    FROM duties
    LEFT JOIN latest USING (department_code, fiscal_year, document, table_id)
    LEFT JOIN said USING (department_code, fiscal_year, document, table_id)
    LEFT JOIN dated USING (department_code, fiscal_year, document)
)
SELECT
    department_code,
    department_name,
    fiscal_year,
    document,
    table_id,
    CASE
        WHEN is_exempt THEN 'exempt'
        WHEN level = 'expected' THEN 'conditional'
        ELSE level
    END AS obligation,
    status,
    who,
    clock,
    approved_on,
    COALESCE(shown_on, came_on) AS published_on,
    submission_id
FROM judged
WHERE level <> 'expected' OR (status NOT IN ('missing', 'exempt'))
ORDER BY body, fiscal_year, place
