CREATE TABLE at_root (id int PRIMARY KEY); INSERT INTO at_root SELECT id + 1 FROM beside;
