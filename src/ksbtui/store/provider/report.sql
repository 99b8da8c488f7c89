-- One row a learner that the role may see, as at %(as_at)s: the facts of the caseload.
WITH hours AS (
    SELECT learner,
        sum(minutes) AS logged,
        sum(minutes) FILTER (WHERE counts AND day <= %(as_at)s) AS counted,
        sum(minutes) FILTER (WHERE counts AND day <= %(as_at)s AND verified IS NOT NULL) AS verified,
        sum(minutes) FILTER (WHERE counts AND day <= %(as_at)s
            AND day >= date_trunc('month', %(as_at)s::date)) AS month,
        count(*) FILTER (WHERE day <= %(as_at)s) AS entries,
        max(day) FILTER (WHERE day <= %(as_at)s) AS last_entry
    FROM ksbtui.entry GROUP BY learner
), tallies AS (
    SELECT learner, code, bool_or(worded) AS worded, bool_or(evidenced) AS evidenced
    FROM ksbtui.entry_ksb GROUP BY learner, code
), coverage AS (
    SELECT ksb.learner,
        count(*) AS ksbs,
        count(*) FILTER (WHERE tallies.worded OR tallies.evidenced) AS covered,
        count(*) FILTER (WHERE tallies.evidenced) AS evidenced,
        array_agg(ksb.code) FILTER (
            WHERE NOT coalesce(tallies.worded OR tallies.evidenced, false)) AS gaps
    FROM ksbtui.ksb AS ksb
    LEFT JOIN tallies ON tallies.learner = ksb.learner AND tallies.code = ksb.code
    GROUP BY ksb.learner
), by_month AS (
    SELECT learner, date_trunc('month', day)::date AS month, bool_or(counts OR active) AS active
    FROM ksbtui.entry WHERE day <= %(as_at)s GROUP BY 1, 2
), parts AS (
    SELECT learner.id AS learner,
        (12 * extract(year FROM age(months.month, date_trunc('month', learner.start_day)))
            + extract(month FROM age(months.month, date_trunc('month', learner.start_day))))::int
            / learner.idle_months AS part,
        min(months.month) AS first_month, max(months.month) AS last_month,
        bool_or(months.training_from <= %(as_at)s) AS training, 
        coalesce(bool_or(by_month.active), false) AS active,
        bool_or(learner.opening > 0 AND learner.opening_day <= %(as_at)s
            AND months.month <= learner.opening_day) AS elsewhere
    FROM ksbtui.learner AS learner
    JOIN ksbtui.plan_month AS months ON months.learner = learner.id
    LEFT JOIN by_month ON by_month.learner = learner.id AND by_month.month = months.month
    WHERE learner.idle_months > 0
    GROUP BY 1, 2
), idle AS (
    SELECT learner, array_agg(to_char(first_month, 'YYYY-MM') ORDER BY first_month) AS idle
    FROM parts
    WHERE training AND NOT active AND NOT elsewhere AND last_month + interval '1 month' <= %(as_at)s
    GROUP BY learner
), reviews AS (
    SELECT learner, max(day) AS last FROM ksbtui.review WHERE day <= %(as_at)s GROUP BY learner
), calls AS (
    SELECT DISTINCT ON (learner) learner, day AS last, next_day
    FROM ksbtui.coaching WHERE held AND day <= %(as_at)s ORDER BY learner, day DESC
), planned_calls AS (
    SELECT learner, min(day) AS next
    FROM ksbtui.coaching WHERE NOT held AND day >= %(as_at)s GROUP BY learner
), actions AS (
    SELECT learner, count(*) AS open, count(*) FILTER (WHERE due < %(as_at)s) AS overdue
    FROM ksbtui.action WHERE state = 'open' GROUP BY learner
)
SELECT learner.id, learner.name, learner.standard, learner.programme,
    learner.start_day AS start, learner.gateway, learner.made_at, learner.since,
    learner.private, learner.target,
    coalesce(hours.logged, 0) + opened.minutes AS logged,
    coalesce(hours.counted, 0) + opened.minutes AS counted,
    coalesce(hours.verified, 0)
        + CASE WHEN learner.opening_verified THEN opened.minutes ELSE 0 END AS verified, coalesce(plans.planned, 0) AS planned,
    coalesce(hours.month, 0) + CASE
        WHEN date_trunc('month', learner.opening_day) = date_trunc('month', %(as_at)s::date)
        THEN opened.minutes ELSE 0 END AS month, coalesce(coverage.ksbs, 0) AS ksbs,
    coalesce(coverage.covered, 0) AS covered, coalesce(coverage.evidenced, 0) AS evidenced,
    coalesce(coverage.gaps, '{}') AS gaps, coalesce(hours.entries, 0) AS entries,
    hours.last_entry, reviews.last AS review_last, learner.review_due,
    calls.last AS coaching_last,
    CASE WHEN calls.next_day >= %(as_at)s THEN calls.next_day ELSE planned_calls.next END
        AS coaching_next,
    coalesce(actions.open, 0) AS actions_open, coalesce(actions.overdue, 0) AS actions_overdue,
    coalesce(idle.idle, '{}') AS idle, learner.ended
FROM ksbtui.learner AS learner
CROSS JOIN LATERAL (
    SELECT CASE WHEN learner.opening_day <= %(as_at)s THEN learner.opening ELSE 0 END AS minutes
) AS opened
LEFT JOIN hours ON hours.learner = learner.id
LEFT JOIN coverage ON coverage.learner = learner.id
LEFT JOIN LATERAL (
    SELECT planned FROM ksbtui.plan_day
    WHERE plan_day.tutor = learner.tutor AND plan_day.learner = learner.id AND day <= %(as_at)s
    ORDER BY day DESC LIMIT 1
) AS plans ON true
LEFT JOIN idle ON idle.learner = learner.id
LEFT JOIN reviews ON reviews.learner = learner.id
LEFT JOIN calls ON calls.learner = learner.id
LEFT JOIN planned_calls ON planned_calls.learner = learner.id
LEFT JOIN actions ON actions.learner = learner.id
ORDER BY learner.name, learner.id
