-- The recent list tells whose birthday is today.
CREATE INDEX people_by_birthday ON people (substr(birthday, 6, 5)) WHERE birthday <> '';
