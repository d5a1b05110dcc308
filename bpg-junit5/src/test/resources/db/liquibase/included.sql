--liquibase formatted sql
--changeset tests:2
INSERT INTO wheels VALUES (1);
