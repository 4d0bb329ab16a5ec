-- Presence and the tree of departments.

-- People from outside are few: who of them is told about a person is asked from their side.
CREATE INDEX people_from_outside ON people (id) WHERE extranet = 1;
-- Lists of everybody, by name.
CREATE INDEX people_by_name ON people (last_name, first_name, id) WHERE kind = 'human' AND active = 1 AND extranet = 0;
CREATE INDEX departments_by_head ON departments (head_id) WHERE head_id <> 0;
CREATE INDEX departments_by_parent ON departments (parent_id);
