-- The tables of `ksbtui caseload push`: one row a learner, an entry, a tag. No words of a
-- learner's are in them but the name: days, minutes, codes and counts.
--
-- Each row belongs to a tutor, the login role that pushed it. Row-level security compares it
-- with current_user and nothing else: a session variable could be set by anybody.
-- ksbtui_provider (a group role) reads and purges every row; superusers are bound by nothing.

CREATE SCHEMA IF NOT EXISTS ksbtui;

DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ksbtui_tutor') THEN
        CREATE ROLE ksbtui_tutor NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ksbtui_provider') THEN
        CREATE ROLE ksbtui_provider NOLOGIN;
    END IF;
END $$;

CREATE TABLE IF NOT EXISTS ksbtui.learner (
    id text PRIMARY KEY,
    tutor name NOT NULL DEFAULT current_user,
    name text NOT NULL,
    standard text NOT NULL,
    programme text NOT NULL,
    start_day date NOT NULL,
    gateway date NOT NULL,          -- the last planned day before the gateway
    target integer NOT NULL,        -- minutes
    since date,                     -- no entry before it was handed over
    private integer NOT NULL,       -- minutes that stayed with the learner
    opening integer NOT NULL,       -- minutes recorded elsewhere that no entry accounts for
    opening_day date,               -- up to which they were recorded
    opening_verified boolean NOT NULL,
    idle_months smallint NOT NULL,  -- months in which some training is due; 0: none is
    review_due date,
    ended date,
    made_at timestamptz NOT NULL,   -- when the file was made
    UNIQUE (tutor, id)
);

-- Planned minutes up to and including a day.
CREATE TABLE IF NOT EXISTS ksbtui.plan_day (
    tutor name NOT NULL DEFAULT current_user,
    learner text NOT NULL,
    day date NOT NULL,
    planned integer NOT NULL,
    PRIMARY KEY (tutor, learner, day),
    FOREIGN KEY (tutor, learner) REFERENCES ksbtui.learner (tutor, id)
        ON DELETE CASCADE ON UPDATE CASCADE
);

-- The months of the programme, each with its first day outside breaks, if it has one.
CREATE TABLE IF NOT EXISTS ksbtui.plan_month (
    tutor name NOT NULL DEFAULT current_user,
    learner text NOT NULL,
    month date NOT NULL,
    training_from date,
    PRIMARY KEY (tutor, learner, month),
    FOREIGN KEY (tutor, learner) REFERENCES ksbtui.learner (tutor, id)
        ON DELETE CASCADE ON UPDATE CASCADE
);

-- The KSBs of the learner's standard and option.
CREATE TABLE IF NOT EXISTS ksbtui.ksb (
    tutor name NOT NULL DEFAULT current_user,
    learner text NOT NULL,
    code text NOT NULL,
    PRIMARY KEY (tutor, learner, code),
    FOREIGN KEY (tutor, learner) REFERENCES ksbtui.learner (tutor, id)
        ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE IF NOT EXISTS ksbtui.entry (
    tutor name NOT NULL DEFAULT current_user,
    learner text NOT NULL,
    id text NOT NULL,
    day date NOT NULL,
    minutes integer NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
    type text NOT NULL,
    module smallint,
    counts boolean NOT NULL,        -- whether it passes every rule but that it is in the past
    words integer NOT NULL,         -- of what was learned
    evidence integer NOT NULL,      -- artefacts
    verified date,
    active boolean NOT NULL,        -- a type that keeps a month active though it does not count
    PRIMARY KEY (tutor, learner, id),
    FOREIGN KEY (tutor, learner) REFERENCES ksbtui.learner (tutor, id)
        ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE IF NOT EXISTS ksbtui.entry_ksb (
    tutor name NOT NULL DEFAULT current_user,
    learner text NOT NULL,
    entry text NOT NULL,
    code text NOT NULL,
    worded boolean NOT NULL,        -- the entry says enough of what was learned
    evidenced boolean NOT NULL,     -- the entry has an artefact
    PRIMARY KEY (tutor, learner, entry, code),
    FOREIGN KEY (tutor, learner, entry) REFERENCES ksbtui.entry (tutor, learner, id)
        ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE IF NOT EXISTS ksbtui.review (
    tutor name NOT NULL DEFAULT current_user,
    learner text NOT NULL,
    day date NOT NULL,              -- on which it was held
    PRIMARY KEY (tutor, learner, day),
    FOREIGN KEY (tutor, learner) REFERENCES ksbtui.learner (tutor, id)
        ON DELETE CASCADE ON UPDATE CASCADE
);

-- Coaching calls held, and those planned that no call has met.
CREATE TABLE IF NOT EXISTS ksbtui.coaching (
    tutor name NOT NULL DEFAULT current_user,
    learner text NOT NULL,
    day date NOT NULL,
    held boolean NOT NULL,
    next_day date,                  -- agreed in a call that was held
    PRIMARY KEY (tutor, learner, day, held),
    FOREIGN KEY (tutor, learner) REFERENCES ksbtui.learner (tutor, id)
        ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE IF NOT EXISTS ksbtui.action (
    tutor name NOT NULL DEFAULT current_user,
    learner text NOT NULL,
    id text NOT NULL,
    due date NOT NULL,
    state text NOT NULL,            -- open, done or dropped
    PRIMARY KEY (tutor, learner, id),
    FOREIGN KEY (tutor, learner) REFERENCES ksbtui.learner (tutor, id)
        ON DELETE CASCADE ON UPDATE CASCADE
);

GRANT USAGE ON SCHEMA ksbtui TO ksbtui_tutor, ksbtui_provider;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ksbtui TO ksbtui_tutor;
GRANT SELECT, DELETE ON ALL TABLES IN SCHEMA ksbtui TO ksbtui_provider;

DO $$ DECLARE one text; BEGIN
    FOREACH one IN ARRAY ARRAY['learner', 'plan_day', 'plan_month', 'ksb', 'entry', 'entry_ksb',
                               'review', 'coaching', 'action'] LOOP
        EXECUTE format('ALTER TABLE ksbtui.%I ENABLE ROW LEVEL SECURITY', one);
        EXECUTE format('ALTER TABLE ksbtui.%I FORCE ROW LEVEL SECURITY', one);
        EXECUTE format('DROP POLICY IF EXISTS own ON ksbtui.%I', one);
        EXECUTE format('DROP POLICY IF EXISTS reads_all ON ksbtui.%I', one);
        EXECUTE format('DROP POLICY IF EXISTS purges_all ON ksbtui.%I', one);
        EXECUTE format('CREATE POLICY own ON ksbtui.%I '
            'USING (tutor = current_user) WITH CHECK (tutor = current_user)', one);
        EXECUTE format('CREATE POLICY reads_all ON ksbtui.%I '
            'FOR SELECT TO ksbtui_provider USING (true)', one);
        EXECUTE format('CREATE POLICY purges_all ON ksbtui.%I '
            'FOR DELETE TO ksbtui_provider USING (true)', one);
    END LOOP;
END $$;
