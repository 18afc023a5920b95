-- What did every body of the register owe in every year, and what has come in for it?
--
-- $first_year   first year that is counted
-- $units_since  first year for which a subordinate unit owes tables of its own
WITH named AS (
    SELECT fiscal_year FROM approvals
    UNION ALL
    SELECT fiscal_year FROM submissions
),
years AS (
    SELECT UNNEST(RANGE($first_year, MAX(fiscal_year) + 1)) AS fiscal_year
    FROM named
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
        CASE
            WHEN bodies.exempt = 'yes' THEN 'exempt'
            WHEN bodies.scope = 'unit' AND years.fiscal_year < $units_since THEN 'conditional'
            ELSE obligations.level
        END AS obligation
    FROM departments AS bodies
    JOIN years ON years.fiscal_year BETWEEN bodies.valid_from AND bodies.valid_to
    JOIN obligations
        ON obligations.government = (bodies.department_code = '000')
        AND years.fiscal_year BETWEEN obligations.since AND obligations.until
),
-- A unit's own tables count for the unit where the register has it, and never for its department.
held AS (
    SELECT submissions.*, received_tables.table_id, received_tables.stands, received_tables.state
    FROM received_tables
    JOIN submissions USING (place)
    JOIN departments USING (department_code)
    WHERE submissions.scope = 'department' OR departments.scope = 'unit'
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
)
SELECT
    duties.department_code,
    duties.department_name,
    duties.fiscal_year,
    duties.document,
    duties.table_id,
    duties.obligation,
    CASE
        WHEN duties.obligation = 'exempt' THEN 'exempt'
        WHEN latest.state = 'filled' THEN 'published'
        WHEN latest.state IS NOT NULL THEN latest.state
        WHEN latest.rejected_id IS NOT NULL THEN 'rejected'
        ELSE 'missing'
    END AS status,
    approvals.approved_on,
    COALESCE(approvals.published_on, latest.first_accepted_on) AS published_on,
    COALESCE(latest.standing_id, latest.rejected_id, '') AS submission_id
FROM duties
LEFT JOIN latest USING (department_code, fiscal_year, document, table_id)
LEFT JOIN approvals USING (department_code, fiscal_year, document)
ORDER BY duties.body, duties.fiscal_year, duties.place
