-- What did every body of the register owe in every year, and what has come in for it?
--
-- $first_year  first year that is counted
-- $last_year   last year that anybody can mean: a year beyond it is a slip of the pen, and makes no duties
-- $division    division code of the county
--
-- Years run from the first to the latest that an approval or a submission names. What is only expected has a row where
-- something came. A statement that a table is empty counts where the table came empty, or nothing came at all.
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
held AS (
    SELECT submissions.*, received_tables.table_id, received_tables.stands, received_tables.state
    FROM received_tables
    JOIN submissions USING (place)
    WHERE submissions.scope = 'department' OR submissions.department_code IN (FROM units)
),
latest AS (
    SELECT
        department_code,
        fiscal_year,
        document,
        table_id,
        ARG_MAX(state, (received_on, place)) FILTER (stands) AS state,
        ARG_MAX(submission_id, (received_on, place)) FILTER (stands) AS standing_id,
        MIN(received_on) FILTER (status IN ('accepted', 'superseded')) AS first_accepted_on,
        ARG_MAX(submission_id, (received_on, place)) FILTER (status IN ('rejected', 'withheld')) AS rejected_id
    FROM held
    GROUP BY ALL
),
said AS (
    SELECT department_code, fiscal_year, document, table_id, MIN(stated_on) AS stated_on
    FROM nil_statements
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
        approvals.approved_on,
        approvals.published_on AS shown_on,
        -- A table that came empty without a word counts as stated from the day on which both were there.
        CASE
            WHEN latest.state = 'nil-undeclared' THEN GREATEST(latest.first_accepted_on, said.stated_on)
            ELSE COALESCE(latest.first_accepted_on, said.stated_on)
        END AS came_on,
        COALESCE(latest.standing_id, latest.rejected_id, '') AS submission_id
    FROM duties
    LEFT JOIN latest USING (department_code, fiscal_year, document, table_id)
    LEFT JOIN said USING (department_code, fiscal_year, document, table_id)
    LEFT JOIN approvals USING (department_code, fiscal_year, document)
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
    clock,
    approved_on,
    COALESCE(shown_on, came_on) AS published_on,
    submission_id
FROM judged
WHERE level <> 'expected' OR (status NOT IN ('missing', 'exempt'))
ORDER BY body, fiscal_year, place
