-- Written by tools/first_form.py: a new register as all migrations leave it.
CREATE TABLE "account_emailaddress" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "verified" bool NOT NULL, "primary" bool NOT NULL, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "email" varchar(254) NOT NULL);

CREATE TABLE "account_emailconfirmation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created" datetime NOT NULL, "sent" datetime NULL, "key" varchar(64) NOT NULL UNIQUE, "email_address_id" integer NOT NULL REFERENCES "account_emailaddress" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "accounts_cache" ("cache_key" varchar(255) NOT NULL PRIMARY KEY, "value" text NOT NULL, "expires" datetime NOT NULL);

CREATE TABLE "accounts_grant" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "role" varchar(20) NOT NULL, "document_id" varchar(80) NULL REFERENCES "agreements_document" ("id") DEFERRABLE INITIALLY DEFERRED, "party_id" varchar(20) NULL REFERENCES "agreements_party" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "accounts_handover" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "moved" text NOT NULL CHECK ((JSON_VALID("moved") OR "moved" IS NULL)), "reason" varchar(300) NOT NULL, "closed" bool NOT NULL, "at" datetime NOT NULL, "by" varchar(150) NOT NULL, "undone" datetime NULL, "undone_by" varchar(150) NOT NULL, "leaver_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "successor_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "accounts_invitation" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "email" varchar(254) NOT NULL, "role" varchar(20) NOT NULL, "made" datetime NOT NULL, "made_by" varchar(150) NOT NULL, "until" datetime NOT NULL, "revoked" datetime NULL, "accepted" datetime NULL, "document_id" varchar(80) NULL REFERENCES "agreements_document" ("id") DEFERRABLE INITIALLY DEFERRED, "party_id" varchar(20) NULL REFERENCES "agreements_party" ("id") DEFERRABLE INITIALLY DEFERRED, "user_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "accounts_user" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "password" varchar(128) NOT NULL, "last_login" datetime NULL, "is_superuser" bool NOT NULL, "username" varchar(150) NOT NULL UNIQUE, "email" varchar(254) NOT NULL, "is_staff" bool NOT NULL, "is_active" bool NOT NULL, "date_joined" datetime NOT NULL, "demo" bool NOT NULL, "name" varchar(150) NOT NULL);

CREATE TABLE "accounts_user_groups" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "accounts_user_user_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "activities_activity" ("id" varchar(120) NOT NULL PRIMARY KEY, "title" varchar(300) NOT NULL, "kind" varchar(20) NOT NULL, "state" varchar(20) NOT NULL, "status" varchar(120) NOT NULL, "start" varchar(10) NOT NULL, "end" varchar(10) NOT NULL, "budget" varchar(40) NULL, "currency" varchar(3) NOT NULL, "lead_body" varchar(300) NOT NULL, "statement" varchar(1000) NOT NULL, "checked" bool NOT NULL, "check_note" varchar(500) NOT NULL, "recorded" varchar(10) NOT NULL, "fund_id" varchar(80) NULL REFERENCES "agreements_instrument" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" varchar(120) NOT NULL REFERENCES "evidence_source" ("id") DEFERRABLE INITIALLY DEFERRED, "withdrawn" varchar(300) NOT NULL, "parent_id" varchar(120) NULL REFERENCES "activities_activity" ("id") DEFERRABLE INITIALLY DEFERRED, "replaced_by_id" varchar(120) NULL REFERENCES "activities_activity" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "activities_activityevent" ("id" varchar(140) NOT NULL PRIMARY KEY, "event" varchar(30) NOT NULL, "date" varchar(10) NOT NULL, "note" varchar(500) NOT NULL, "activity_id" varchar(120) NOT NULL REFERENCES "activities_activity" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" varchar(80) NULL REFERENCES "evidence_source" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "activities_activityparty" ("id" varchar(140) NOT NULL PRIMARY KEY, "activity_id" varchar(120) NOT NULL REFERENCES "activities_activity" ("id") DEFERRABLE INITIALLY DEFERRED, "party_id" varchar(20) NOT NULL REFERENCES "agreements_party" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "activity_names_once" UNIQUE ("activity_id", "party_id"));

CREATE TABLE "activities_fundfigure" ("id" varchar(120) NOT NULL PRIMARY KEY, "period" varchar(10) NOT NULL, "kind" varchar(20) NOT NULL, "amount" varchar(40) NULL, "currency" varchar(3) NOT NULL, "statement" varchar(1000) NOT NULL, "checked" bool NOT NULL, "check_note" varchar(500) NOT NULL, "recorded" varchar(10) NOT NULL, "fund_id" varchar(80) NOT NULL REFERENCES "agreements_instrument" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" varchar(120) NOT NULL REFERENCES "evidence_source" ("id") DEFERRABLE INITIALLY DEFERRED, "due" varchar(10) NOT NULL);

CREATE TABLE "activities_meeting" ("id" varchar(120) NOT NULL PRIMARY KEY, "date" varchar(10) NOT NULL, "body" varchar(200) NOT NULL, "number" varchar(20) NOT NULL, "place" varchar(120) NOT NULL, "result" varchar(1000) NOT NULL, "source_id" varchar(120) NOT NULL REFERENCES "evidence_source" ("id") DEFERRABLE INITIALLY DEFERRED, "withdrawn" varchar(300) NOT NULL, "replaced_by_id" varchar(120) NULL REFERENCES "activities_meeting" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "agreements_citation" ("id" varchar(220) NOT NULL PRIMARY KEY, "commitment_id" varchar(130) NOT NULL REFERENCES "agreements_commitment" ("id") DEFERRABLE INITIALLY DEFERRED, "instrument_id" varchar(80) NOT NULL REFERENCES "agreements_instrument" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "cited_once" UNIQUE ("commitment_id", "instrument_id"));

CREATE TABLE "agreements_commitment" ("id" varchar(130) NOT NULL PRIMARY KEY, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "verb" varchar(120) NOT NULL, "kind" varchar(20) NOT NULL, "strength" smallint unsigned NOT NULL CHECK ("strength" >= 0), "summary" varchar(500) NOT NULL, "actors" varchar(200) NOT NULL, "goals" text NOT NULL CHECK ((JSON_VALID("goals") OR "goals" IS NULL)), "deadline" varchar(10) NOT NULL, "quantity" varchar(120) NOT NULL, "missing" text NOT NULL CHECK ((JSON_VALID("missing") OR "missing" IS NULL)), "provision_id" varchar(120) NOT NULL REFERENCES "agreements_provision" ("id") DEFERRABLE INITIALLY DEFERRED, "withdrawn" varchar(300) NOT NULL, "spans" text NOT NULL CHECK ((JSON_VALID("spans") OR "spans" IS NULL)), CONSTRAINT "strength_from_1_to_5" CHECK ("strength" BETWEEN 1 AND 5));

CREATE TABLE "agreements_document" ("id" varchar(80) NOT NULL PRIMARY KEY, "title" varchar(500) NOT NULL, "short_title" varchar(120) NOT NULL, "kind" varchar(40) NOT NULL, "adopted" varchar(10) NOT NULL, "place" varchar(120) NOT NULL, "period_start" varchar(10) NOT NULL, "period_end" varchar(10) NOT NULL, "summary" text NOT NULL, "language" varchar(12) NOT NULL, "public" bool NOT NULL, "source_id" varchar(120) NULL REFERENCES "evidence_source" ("id") DEFERRABLE INITIALLY DEFERRED, "implements_id" varchar(80) NULL REFERENCES "agreements_document" ("id") DEFERRABLE INITIALLY DEFERRED, "succeeds_id" varchar(80) NULL REFERENCES "agreements_document" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "agreements_documentparty" ("id" varchar(120) NOT NULL PRIMARY KEY, "document_id" varchar(80) NOT NULL REFERENCES "agreements_document" ("id") DEFERRABLE INITIALLY DEFERRED, "party_id" varchar(20) NOT NULL REFERENCES "agreements_party" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "agreements_edge" ("id" varchar(120) NOT NULL PRIMARY KEY, "kind" varchar(20) NOT NULL, "rationale" varchar(300) NOT NULL, "origin" varchar(20) NOT NULL, "confirmed" varchar(10) NOT NULL, "earlier_id" varchar(130) NOT NULL REFERENCES "agreements_commitment" ("id") DEFERRABLE INITIALLY DEFERRED, "later_id" varchar(130) NOT NULL REFERENCES "agreements_commitment" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_edge_a_kind" UNIQUE ("later_id", "earlier_id", "kind"));

CREATE TABLE "agreements_instrument" ("id" varchar(80) NOT NULL PRIMARY KEY, "name" varchar(300) NOT NULL, "kind" varchar(40) NOT NULL, "established" varchar(10) NOT NULL, "custodian" varchar(200) NOT NULL, "source_id" varchar(120) NULL REFERENCES "evidence_source" ("id") DEFERRABLE INITIALLY DEFERRED, "open_to_id" varchar(20) NULL REFERENCES "agreements_party" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "agreements_interpretivenote" ("id" varchar(140) NOT NULL PRIMARY KEY, "version" smallint unsigned NOT NULL CHECK ("version" >= 0), "full" text NOT NULL, "partial" text NOT NULL, "none" text NOT NULL, "agreed" varchar(10) NOT NULL, "commitment_id" varchar(130) NOT NULL REFERENCES "agreements_commitment" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_note_a_version" UNIQUE ("commitment_id", "version"));

CREATE TABLE "agreements_membership" ("id" varchar(80) NOT NULL PRIMARY KEY, "since" varchar(10) NOT NULL, "until" varchar(10) NOT NULL, "source_id" varchar(80) NULL REFERENCES "evidence_source" ("id") DEFERRABLE INITIALLY DEFERRED, "organisation_id" varchar(20) NOT NULL REFERENCES "agreements_party" ("id") DEFERRABLE INITIALLY DEFERRED, "party_id" varchar(20) NOT NULL REFERENCES "agreements_party" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "agreements_officialtext" ("document_id" varchar(80) NOT NULL PRIMARY KEY REFERENCES "agreements_document" ("id") DEFERRABLE INITIALLY DEFERRED, "sha256" varchar(64) NOT NULL, "filename" varchar(255) NOT NULL, "attached" datetime NOT NULL, "verified" integer unsigned NOT NULL CHECK ("verified" >= 0), "expected" integer unsigned NOT NULL CHECK ("expected" >= 0), "mismatches" text NOT NULL CHECK ((JSON_VALID("mismatches") OR "mismatches" IS NULL)), "comparison" text NOT NULL CHECK ((JSON_VALID("comparison") OR "comparison" IS NULL)));

CREATE TABLE "agreements_pack" ("name" varchar(100) NOT NULL PRIMARY KEY, "title" varchar(300) NOT NULL, "version" varchar(40) NOT NULL, "description" text NOT NULL, "licence" varchar(80) NOT NULL, "digest" varchar(64) NOT NULL, "imported" datetime NOT NULL);

CREATE TABLE "agreements_paperwords" ("id" varchar(150) NOT NULL PRIMARY KEY, "name" varchar(60) NOT NULL, "words" varchar(2000) NOT NULL, "document_id" varchar(80) NOT NULL REFERENCES "agreements_document" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_paper_word_a_name" UNIQUE ("document_id", "name"));

CREATE TABLE "agreements_party" ("id" varchar(20) NOT NULL PRIMARY KEY, "name" varchar(200) NOT NULL, "short_name" varchar(80) NOT NULL, "kind" varchar(20) NOT NULL, "tile_x" smallint unsigned NULL CHECK ("tile_x" >= 0), "tile_y" smallint unsigned NULL CHECK ("tile_y" >= 0));

CREATE TABLE "agreements_partyevent" ("id" varchar(140) NOT NULL PRIMARY KEY, "event" varchar(20) NOT NULL, "date" varchar(10) NOT NULL, "instrument_id" varchar(80) NOT NULL REFERENCES "agreements_instrument" ("id") DEFERRABLE INITIALLY DEFERRED, "party_id" varchar(20) NOT NULL REFERENCES "agreements_party" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" varchar(120) NOT NULL REFERENCES "evidence_source" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "agreements_provision" ("id" varchar(120) NOT NULL PRIMARY KEY, "eid" varchar(120) NOT NULL, "kind" varchar(20) NOT NULL, "num" varchar(20) NOT NULL, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "title" varchar(200) NOT NULL, "summary" text NOT NULL, "sha256" varchar(64) NOT NULL, "length" integer unsigned NULL CHECK ("length" >= 0), "political" bool NOT NULL, "words" text NOT NULL, "document_id" varchar(80) NOT NULL REFERENCES "agreements_document" ("id") DEFERRABLE INITIALLY DEFERRED, "parent_id" varchar(120) NULL REFERENCES "agreements_provision" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_provision_an_eid" UNIQUE ("document_id", "eid"), CONSTRAINT "one_provision_a_position" UNIQUE ("document_id", "position"));

CREATE TABLE "api_answered" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(200) NOT NULL, "asked" varchar(64) NOT NULL, "status" smallint unsigned NOT NULL CHECK ("status" >= 0), "body" text NOT NULL CHECK ((JSON_VALID("body") OR "body" IS NULL)), "at" datetime NOT NULL, "token_id" bigint NOT NULL REFERENCES "api_token" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_answer_a_key" UNIQUE ("token_id", "key"));

CREATE TABLE "api_token" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(80) NOT NULL, "begins" varchar(12) NOT NULL, "digest" varchar(64) NOT NULL UNIQUE, "made" datetime NOT NULL, "until" date NOT NULL, "used" datetime NULL, "revoked" datetime NULL, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "assessments_assessment" ("id" varchar(80) NOT NULL PRIMARY KEY, "title" varchar(200) NOT NULL, "scale" varchar(40) NOT NULL, "scale_version" varchar(20) NOT NULL, "na" varchar(20) NOT NULL, "state" varchar(20) NOT NULL, "opened" datetime NOT NULL, "opened_by" varchar(150) NOT NULL, "reply_until" date NULL, "published" datetime NULL, "example" bool NOT NULL, "imported" varchar(300) NOT NULL, "document_id" varchar(80) NOT NULL REFERENCES "agreements_document" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "assessments_cell" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "assessment_id" varchar(80) NOT NULL REFERENCES "assessments_assessment" ("id") DEFERRABLE INITIALLY DEFERRED, "commitment_id" varchar(130) NOT NULL REFERENCES "agreements_commitment" ("id") DEFERRABLE INITIALLY DEFERRED, "note_id" varchar(140) NULL REFERENCES "agreements_interpretivenote" ("id") DEFERRABLE INITIALLY DEFERRED, "party_id" varchar(20) NOT NULL REFERENCES "agreements_party" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_cell_each" UNIQUE ("assessment_id", "commitment_id", "party_id"));

CREATE TABLE "assessments_rating" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "value" varchar(60) NOT NULL, "why" varchar(1000) NOT NULL, "sure" varchar(20) NOT NULL, "claims" text NOT NULL CHECK ((JSON_VALID("claims") OR "claims" IS NULL)), "submitted" datetime NULL, "cell_id" bigint NOT NULL REFERENCES "assessments_cell" ("id") DEFERRABLE INITIALLY DEFERRED, "letter" varchar(3) NOT NULL, "coder_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_rating_a_coder" UNIQUE ("cell_id", "coder_id"));

CREATE TABLE "assessments_reply" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "text" varchar(2000) NOT NULL, "by" varchar(150) NOT NULL, "at" datetime NOT NULL, "cell_id" bigint NOT NULL REFERENCES "assessments_cell" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "assessments_scale" ("id" varchar(120) NOT NULL PRIMARY KEY, "version" varchar(20) NOT NULL, "title" varchar(200) NOT NULL, "published" varchar(300) NOT NULL, "arithmetic" varchar(20) NOT NULL, "percent" varchar(20) NOT NULL, "level" varchar(20) NOT NULL, "aside" text NOT NULL CHECK ((JSON_VALID("aside") OR "aside" IS NULL)));

CREATE TABLE "assessments_scalevalue" ("id" varchar(200) NOT NULL PRIMARY KEY, "position" integer NOT NULL, "word" varchar(60) NOT NULL, "number" varchar(40) NULL, "also" text NOT NULL CHECK ((JSON_VALID("also") OR "also" IS NULL)), "scale_id" varchar(120) NOT NULL REFERENCES "assessments_scale" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "assessments_verdict" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "value" varchar(60) NOT NULL, "why" varchar(1000) NOT NULL, "reason" varchar(20) NOT NULL, "claims" text NOT NULL CHECK ((JSON_VALID("claims") OR "claims" IS NULL)), "by" varchar(150) NOT NULL, "at" datetime NOT NULL, "cell_id" bigint NOT NULL REFERENCES "assessments_cell" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_verdict_a_number" UNIQUE ("cell_id", "number"));

CREATE TABLE "audit_auditevent" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "by" varchar(150) NOT NULL, "verb" varchar(64) NOT NULL, "kind" varchar(32) NOT NULL, "target" varchar(200) NOT NULL, "detail" text NOT NULL CHECK ((JSON_VALID("detail") OR "detail" IS NULL)), "sequence" bigint NULL UNIQUE, "hash" varchar(64) NOT NULL);

CREATE TABLE "audit_head" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "count" bigint NOT NULL, "hash" varchar(64) NOT NULL);

CREATE TABLE "auth_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);

CREATE TABLE "auth_group_permissions" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "group_id" integer NOT NULL REFERENCES "auth_group" ("id") DEFERRABLE INITIALLY DEFERRED, "permission_id" integer NOT NULL REFERENCES "auth_permission" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "auth_permission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "content_type_id" integer NOT NULL REFERENCES "django_content_type" ("id") DEFERRABLE INITIALLY DEFERRED, "codename" varchar(100) NOT NULL, "name" varchar(255) NOT NULL);

CREATE TABLE "django_content_type" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app_label" varchar(100) NOT NULL, "model" varchar(100) NOT NULL);

CREATE TABLE "django_migrations" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "app" varchar(255) NOT NULL, "name" varchar(255) NOT NULL, "applied" datetime NOT NULL);

CREATE TABLE "django_session" ("session_key" varchar(40) NOT NULL PRIMARY KEY, "session_data" text NOT NULL, "expire_date" datetime NOT NULL);

CREATE TABLE "evidence_claim" ("id" varchar(120) NOT NULL PRIMARY KEY, "kind" varchar(20) NOT NULL, "date" varchar(10) NOT NULL, "statement" varchar(1000) NOT NULL, "value" varchar(40) NULL, "unit" varchar(60) NOT NULL, "stance" varchar(20) NOT NULL, "reproducible" bool NOT NULL, "quote" varchar(1000) NOT NULL, "notes" varchar(500) NOT NULL, "checked" bool NOT NULL, "check_note" varchar(500) NOT NULL, "recorded" varchar(10) NOT NULL, "withdrawn" varchar(300) NOT NULL, "source_id" varchar(120) NOT NULL REFERENCES "evidence_source" ("id") DEFERRABLE INITIALLY DEFERRED, "entered_by" varchar(150) NOT NULL, "replaced_by_id" varchar(120) NULL REFERENCES "evidence_claim" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "evidence_claimparty" ("id" varchar(140) NOT NULL PRIMARY KEY, "claim_id" varchar(120) NOT NULL REFERENCES "evidence_claim" ("id") DEFERRABLE INITIALLY DEFERRED, "party_id" varchar(20) NOT NULL REFERENCES "agreements_party" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "claim_names_once" UNIQUE ("claim_id", "party_id"));

CREATE TABLE "evidence_conflict" ("id" varchar(120) NOT NULL PRIMARY KEY, "topic" varchar(300) NOT NULL, "note" varchar(1000) NOT NULL, "instrument_id" varchar(80) NULL REFERENCES "agreements_instrument" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "evidence_conflictside" ("id" varchar(120) NOT NULL PRIMARY KEY, "says" varchar(500) NOT NULL, "value" varchar(40) NULL, "unit" varchar(60) NOT NULL, "claim_id" varchar(120) NULL REFERENCES "evidence_claim" ("id") DEFERRABLE INITIALLY DEFERRED, "conflict_id" varchar(120) NOT NULL REFERENCES "evidence_conflict" ("id") DEFERRABLE INITIALLY DEFERRED, "fund_figure_id" varchar(120) NULL REFERENCES "activities_fundfigure" ("id") DEFERRABLE INITIALLY DEFERRED, "observation_id" varchar(200) NULL REFERENCES "indicators_observation" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" varchar(120) NOT NULL REFERENCES "evidence_source" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "evidence_counter" ("id" varchar(200) NOT NULL PRIMARY KEY, "number" bigint NOT NULL);

CREATE TABLE "evidence_link" ("id" varchar(120) NOT NULL PRIMARY KEY, "role" varchar(20) NOT NULL, "share" varchar(40) NULL, "rationale" varchar(300) NOT NULL, "origin" varchar(20) NOT NULL, "confirmed_by" varchar(150) NOT NULL, "confirmed" varchar(10) NOT NULL, "activity_id" varchar(120) NULL REFERENCES "activities_activity" ("id") DEFERRABLE INITIALLY DEFERRED, "claim_id" varchar(120) NULL REFERENCES "evidence_claim" ("id") DEFERRABLE INITIALLY DEFERRED, "commitment_id" varchar(130) NULL REFERENCES "agreements_commitment" ("id") DEFERRABLE INITIALLY DEFERRED, "instrument_id" varchar(80) NULL REFERENCES "agreements_instrument" ("id") DEFERRABLE INITIALLY DEFERRED, "meeting_id" varchar(120) NULL REFERENCES "activities_meeting" ("id") DEFERRABLE INITIALLY DEFERRED, "provision_id" varchar(120) NULL REFERENCES "agreements_provision" ("id") DEFERRABLE INITIALLY DEFERRED, "series_id" varchar(120) NULL REFERENCES "indicators_series" ("id") DEFERRABLE INITIALLY DEFERRED, "target_id" varchar(120) NULL REFERENCES "indicators_target" ("id") DEFERRABLE INITIALLY DEFERRED, "withdrawn" varchar(300) NOT NULL, "indicator_id" varchar(120) NULL REFERENCES "indicators_indicator" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "link_from_one_place" CHECK ((("commitment_id" IS NOT NULL AND "provision_id" IS NULL) OR ("commitment_id" IS NULL AND "provision_id" IS NOT NULL))), CONSTRAINT "link_to_one_thing" CHECK ((("activity_id" IS NULL AND "claim_id" IS NOT NULL AND "indicator_id" IS NULL AND "instrument_id" IS NULL AND "meeting_id" IS NULL AND "series_id" IS NULL AND "target_id" IS NULL) OR ("activity_id" IS NOT NULL AND "claim_id" IS NULL AND "indicator_id" IS NULL AND "instrument_id" IS NULL AND "meeting_id" IS NULL AND "series_id" IS NULL AND "target_id" IS NULL) OR ("activity_id" IS NULL AND "claim_id" IS NULL AND "indicator_id" IS NULL AND "instrument_id" IS NULL AND "meeting_id" IS NULL AND "series_id" IS NULL AND "target_id" IS NOT NULL) OR ("activity_id" IS NULL AND "claim_id" IS NULL AND "indicator_id" IS NULL AND "instrument_id" IS NULL AND "meeting_id" IS NULL AND "series_id" IS NOT NULL AND "target_id" IS NULL) OR ("activity_id" IS NULL AND "claim_id" IS NULL AND "indicator_id" IS NULL AND "instrument_id" IS NULL AND "meeting_id" IS NOT NULL AND "series_id" IS NULL AND "target_id" IS NULL) OR ("activity_id" IS NULL AND "claim_id" IS NULL AND "indicator_id" IS NULL AND "instrument_id" IS NOT NULL AND "meeting_id" IS NULL AND "series_id" IS NULL AND "target_id" IS NULL) OR ("activity_id" IS NULL AND "claim_id" IS NULL AND "indicator_id" IS NOT NULL AND "instrument_id" IS NULL AND "meeting_id" IS NULL AND "series_id" IS NULL AND "target_id" IS NULL))));

CREATE TABLE "evidence_source" ("url" varchar(1000) NOT NULL, "title" varchar(500) NOT NULL, "publisher" varchar(300) NOT NULL, "publisher_kind" varchar(40) NOT NULL, "published" varchar(10) NOT NULL, "language" varchar(12) NOT NULL, "archived" varchar(1000) NOT NULL, "sha256" varchar(64) NOT NULL, "id" varchar(120) NOT NULL PRIMARY KEY);

CREATE TABLE "evidence_suggestion" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "place" varchar(120) NOT NULL, "text" varchar(2000) NOT NULL, "url" varchar(1000) NOT NULL, "contact" varchar(200) NOT NULL, "at" datetime NOT NULL, "answer" varchar(500) NOT NULL, "answered_by" varchar(150) NOT NULL, "answered" datetime NULL, "document_id" varchar(80) NOT NULL REFERENCES "agreements_document" ("id") DEFERRABLE INITIALLY DEFERRED, "outcome" varchar(20) NOT NULL, "claim_id" varchar(120) NULL REFERENCES "evidence_claim" ("id") DEFERRABLE INITIALLY DEFERRED, "kind" varchar(20) NOT NULL, "party_id" varchar(20) NULL REFERENCES "agreements_party" ("id") DEFERRABLE INITIALLY DEFERRED, "signed" varchar(120) NOT NULL, "written_by" varchar(150) NOT NULL);

CREATE TABLE "exchange_savedmap" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(120) NOT NULL, "signature" varchar(64) NOT NULL, "map" text NOT NULL, "saved" datetime NOT NULL, "owner_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_map_a_signature" UNIQUE ("owner_id", "signature"));

CREATE TABLE "exchange_spreadsheetupload" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(255) NOT NULL, "file" varchar(100) NOT NULL, "sha256" varchar(64) NOT NULL, "size" integer unsigned NOT NULL CHECK ("size" >= 0), "uploaded" datetime NOT NULL, "choices" text NOT NULL CHECK ((JSON_VALID("choices") OR "choices" IS NULL)), "revision" integer unsigned NOT NULL CHECK ("revision" >= 0), "imported" datetime NULL, "discarded" datetime NULL, "discarded_why" varchar(40) NOT NULL, "document_id" varchar(80) NOT NULL REFERENCES "agreements_document" ("id") DEFERRABLE INITIALLY DEFERRED, "owner_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "undone" datetime NULL, "written" text NOT NULL CHECK ((JSON_VALID("written") OR "written" IS NULL)));

CREATE TABLE "files_sourcefile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(255) NOT NULL, "note" varchar(300) NOT NULL, "shared" bool NOT NULL, "attached" datetime NOT NULL, "attached_by" varchar(150) NOT NULL, "withdrawn" varchar(300) NOT NULL, "source_id" varchar(120) NOT NULL REFERENCES "evidence_source" ("id") DEFERRABLE INITIALLY DEFERRED, "file_id" bigint NOT NULL REFERENCES "files_storedfile" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "files_storedfile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sha256" varchar(64) NOT NULL UNIQUE, "size" bigint unsigned NOT NULL CHECK ("size" >= 0), "kind" varchar(10) NOT NULL, "received" datetime NOT NULL, "scanned" datetime NULL, "words" text NOT NULL, "unread" varchar(300) NOT NULL);

CREATE TABLE "followup_assignment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "lead" varchar(120) NOT NULL, "commitment_id" varchar(130) NOT NULL REFERENCES "agreements_commitment" ("id") DEFERRABLE INITIALLY DEFERRED, "report_id" bigint NOT NULL REFERENCES "followup_report" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_assignment_each" UNIQUE ("report_id", "commitment_id"));

CREATE TABLE "followup_comment" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "question" varchar(40) NOT NULL, "text" varchar(2000) NOT NULL, "by" varchar(150) NOT NULL, "by_party" bool NOT NULL, "at" datetime NOT NULL, "report_id" bigint NOT NULL REFERENCES "followup_report" ("id") DEFERRABLE INITIALLY DEFERRED, "submission_id" bigint NULL REFERENCES "followup_submission" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "followup_confirmlink" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "sent_to" varchar(100) NOT NULL, "made" datetime NOT NULL, "made_by" varchar(150) NOT NULL, "expires" datetime NOT NULL, "revoked" datetime NULL, "revoked_by" varchar(150) NOT NULL, "cycle_id" varchar(80) NOT NULL REFERENCES "followup_cycle" ("id") DEFERRABLE INITIALLY DEFERRED, "party_id" varchar(20) NOT NULL REFERENCES "agreements_party" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "followup_cycle" ("id" varchar(80) NOT NULL PRIMARY KEY, "title" varchar(200) NOT NULL, "period_start" varchar(10) NOT NULL, "period_end" varchar(10) NOT NULL, "opened" datetime NOT NULL, "opened_by" varchar(150) NOT NULL, "due" datetime NOT NULL, "late_until" datetime NOT NULL, "zone" varchar(60) NOT NULL, "shown" varchar(20) NOT NULL, "closed" datetime NULL, "document_id" varchar(80) NOT NULL REFERENCES "agreements_document" ("id") DEFERRABLE INITIALLY DEFERRED, "example" bool NOT NULL, "previous_id" varchar(80) NULL REFERENCES "followup_cycle" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "followup_lifedecision" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "state" varchar(20) NOT NULL, "reason" varchar(1000) NOT NULL, "decided" datetime NOT NULL, "decided_by" varchar(150) NOT NULL, "taken_back" datetime NULL, "taken_back_by" varchar(150) NOT NULL, "commitment_id" varchar(130) NOT NULL REFERENCES "agreements_commitment" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "followup_question" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(40) NOT NULL, "kind" varchar(20) NOT NULL, "words" varchar(300) NOT NULL, "hint" varchar(300) NOT NULL, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "cycle_id" varchar(80) NOT NULL REFERENCES "followup_cycle" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_question_a_key" UNIQUE ("cycle_id", "key"));

CREATE TABLE "followup_recordcheck" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "answer" varchar(20) NOT NULL, "before" text NOT NULL CHECK ((JSON_VALID("before") OR "before" IS NULL)), "proposed" text NOT NULL CHECK ((JSON_VALID("proposed") OR "proposed" IS NULL)), "words" varchar(1000) NOT NULL, "url" varchar(1000) NOT NULL, "by" varchar(150) NOT NULL, "at" datetime NOT NULL, "replaced" bool NOT NULL, "decision" varchar(20) NOT NULL, "reason" varchar(500) NOT NULL, "decided" datetime NULL, "decided_by" varchar(150) NOT NULL, "cycle_id" varchar(80) NOT NULL REFERENCES "followup_cycle" ("id") DEFERRABLE INITIALLY DEFERRED, "link_id" bigint NULL REFERENCES "followup_confirmlink" ("id") DEFERRABLE INITIALLY DEFERRED, "party_id" varchar(20) NOT NULL REFERENCES "agreements_party" ("id") DEFERRABLE INITIALLY DEFERRED, "record" varchar(160) NOT NULL);

CREATE TABLE "followup_report" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "position" integer unsigned NOT NULL CHECK ("position" >= 0), "state" varchar(20) NOT NULL, "answers" text NOT NULL CHECK ((JSON_VALID("answers") OR "answers" IS NULL)), "number" integer unsigned NOT NULL CHECK ("number" >= 0), "saved" datetime NULL, "saved_by" varchar(150) NOT NULL, "first_sent" datetime NULL, "cycle_id" varchar(80) NOT NULL REFERENCES "followup_cycle" ("id") DEFERRABLE INITIALLY DEFERRED, "party_id" varchar(20) NOT NULL REFERENCES "agreements_party" ("id") DEFERRABLE INITIALLY DEFERRED, "provision_id" varchar(120) NOT NULL REFERENCES "agreements_provision" ("id") DEFERRABLE INITIALLY DEFERRED, "answered_with_id" bigint NULL REFERENCES "followup_report" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_report_a_party_and_place" UNIQUE ("cycle_id", "party_id", "provision_id"));

CREATE TABLE "followup_reportfile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(255) NOT NULL, "attached" datetime NOT NULL, "attached_by" varchar(150) NOT NULL, "withdrawn" datetime NULL, "file_id" bigint NOT NULL REFERENCES "files_storedfile" ("id") DEFERRABLE INITIALLY DEFERRED, "report_id" bigint NOT NULL REFERENCES "followup_report" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "followup_saveddraft" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "answers" text NOT NULL CHECK ((JSON_VALID("answers") OR "answers" IS NULL)), "by" varchar(150) NOT NULL, "at" datetime NOT NULL, "aside" bool NOT NULL, "report_id" bigint NOT NULL REFERENCES "followup_report" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_draft_a_number" UNIQUE ("report_id", "number"));

CREATE TABLE "followup_sentfile" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "attached_id" bigint NOT NULL REFERENCES "followup_reportfile" ("id") DEFERRABLE INITIALLY DEFERRED, "submission_id" bigint NOT NULL REFERENCES "followup_submission" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_file_sent_once" UNIQUE ("submission_id", "attached_id"));

CREATE TABLE "followup_submission" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "answers" text NOT NULL CHECK ((JSON_VALID("answers") OR "answers" IS NULL)), "sent" datetime NOT NULL, "sent_by" varchar(150) NOT NULL, "late" bool NOT NULL, "decision" varchar(20) NOT NULL, "decided" datetime NULL, "decided_by" varchar(150) NOT NULL, "published" datetime NULL, "published_by" varchar(150) NOT NULL, "report_id" bigint NOT NULL REFERENCES "followup_report" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_submission_a_number" UNIQUE ("report_id", "number"));

CREATE TABLE "followup_workbook" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "of" varchar(20) NOT NULL, "name" varchar(255) NOT NULL, "sha256" varchar(64) NOT NULL, "cells" text NOT NULL CHECK ((JSON_VALID("cells") OR "cells" IS NULL)), "by" varchar(150) NOT NULL, "at" datetime NOT NULL, "written" datetime NULL, "discarded" datetime NULL, "cycle_id" varchar(80) NOT NULL REFERENCES "followup_cycle" ("id") DEFERRABLE INITIALLY DEFERRED, "party_id" varchar(20) NOT NULL REFERENCES "agreements_party" ("id") DEFERRABLE INITIALLY DEFERRED, "link_id" bigint NULL REFERENCES "followup_confirmlink" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "indicators_feed" ("id" varchar(120) NOT NULL PRIMARY KEY, "rank" integer NOT NULL, "provider" varchar(40) NOT NULL, "code" varchar(200) NOT NULL, "filter" varchar(300) NOT NULL, "verified" bool NOT NULL, "note" varchar(500) NOT NULL, "indicator_id" varchar(120) NOT NULL REFERENCES "indicators_indicator" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "feed_rank_once" UNIQUE ("indicator_id", "rank"));

CREATE TABLE "indicators_fetch" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "at" datetime NOT NULL, "outcome" varchar(12) NOT NULL, "says" varchar(500) NOT NULL, "feed_id" varchar(120) NOT NULL REFERENCES "indicators_feed" ("id") DEFERRABLE INITIALLY DEFERRED, "refresh_id" bigint NOT NULL REFERENCES "indicators_refresh" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "fetch_once_a_round" UNIQUE ("refresh_id", "feed_id"));

CREATE TABLE "indicators_figure" ("id" varchar(400) NOT NULL PRIMARY KEY, "area" varchar(12) NOT NULL, "period" varchar(40) NOT NULL, "value" varchar(40) NOT NULL, "status" varchar(60) NOT NULL, "vintage_id" varchar(160) NOT NULL REFERENCES "indicators_vintage" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "figure_once" UNIQUE ("vintage_id", "area", "period"));

CREATE TABLE "indicators_indicator" ("id" varchar(120) NOT NULL PRIMARY KEY, "title" varchar(200) NOT NULL, "definition" varchar(1000) NOT NULL, "unit" varchar(60) NOT NULL, "direction" varchar(20) NOT NULL, "target" varchar(40) NULL, "target_year" integer NULL, "target_says" varchar(300) NOT NULL, "limit" varchar(40) NULL, "base_year" integer NULL, "breaks" text NOT NULL CHECK ((JSON_VALID("breaks") OR "breaks" IS NULL)), "aggregation" varchar(20) NOT NULL, "above" text NOT NULL CHECK ((JSON_VALID("above") OR "above" IS NULL)), "below" text NOT NULL CHECK ((JSON_VALID("below") OR "below" IS NULL)), "verified" bool NOT NULL, "note" varchar(500) NOT NULL, "group_name" varchar(120) NOT NULL, "derived_from_id" varchar(120) NULL REFERENCES "indicators_indicator" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "indicators_observation" ("id" varchar(200) NOT NULL PRIMARY KEY, "area" varchar(40) NOT NULL, "period" varchar(20) NOT NULL, "value" varchar(30) NOT NULL, "recorded" varchar(10) NOT NULL, "source_id" varchar(120) NOT NULL REFERENCES "evidence_source" ("id") DEFERRABLE INITIALLY DEFERRED, "series_id" varchar(120) NOT NULL REFERENCES "indicators_series" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "indicators_refresh" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "asked" varchar(500) NOT NULL, "started" datetime NOT NULL, "finished" datetime NULL);

CREATE TABLE "indicators_series" ("id" varchar(120) NOT NULL PRIMARY KEY, "title" varchar(300) NOT NULL, "unit" varchar(60) NOT NULL, "says" varchar(1000) NOT NULL, "parts" text NOT NULL CHECK ((JSON_VALID("parts") OR "parts" IS NULL)));

CREATE TABLE "indicators_target" ("id" varchar(120) NOT NULL PRIMARY KEY, "statement" varchar(1000) NOT NULL, "value" varchar(40) NULL, "unit" varchar(60) NOT NULL, "due" varchar(10) NOT NULL, "announced" varchar(10) NOT NULL, "checked" bool NOT NULL, "check_note" varchar(500) NOT NULL, "series_id" varchar(120) NULL REFERENCES "indicators_series" ("id") DEFERRABLE INITIALLY DEFERRED, "source_id" varchar(120) NOT NULL REFERENCES "evidence_source" ("id") DEFERRABLE INITIALLY DEFERRED, "withdrawn" varchar(300) NOT NULL, "repeats_id" varchar(120) NULL REFERENCES "indicators_target" ("id") DEFERRABLE INITIALLY DEFERRED, "replaced_by_id" varchar(120) NULL REFERENCES "indicators_target" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "indicators_vintage" ("id" varchar(160) NOT NULL PRIMARY KEY, "number" integer NOT NULL, "fetched" varchar(32) NOT NULL, "connector" varchar(60) NOT NULL, "url" varchar(1000) NOT NULL, "raws" text NOT NULL CHECK ((JSON_VALID("raws") OR "raws" IS NULL)), "notes" varchar(1000) NOT NULL, "feed_id" varchar(120) NOT NULL REFERENCES "indicators_feed" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "vintage_number_once" UNIQUE ("feed_id", "number"));

CREATE TABLE "limits_count" ("key" varchar(64) NOT NULL PRIMARY KEY, "count" integer unsigned NOT NULL CHECK ("count" >= 0), "until" datetime NOT NULL);

CREATE TABLE "mfa_authenticator" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "type" varchar(20) NOT NULL, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "created_at" datetime NOT NULL, "last_used_at" datetime NULL);

CREATE TABLE "notices_muted" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "kind" varchar(20) NOT NULL, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_switch_a_kind" UNIQUE ("user_id", "kind"));

CREATE TABLE "notices_notice" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "key" varchar(250) NOT NULL UNIQUE, "kind" varchar(20) NOT NULL, "email" varchar(254) NOT NULL, "subject" varchar(300) NOT NULL, "record" varchar(200) NOT NULL, "link" varchar(300) NOT NULL, "facts" text NOT NULL CHECK ((JSON_VALID("facts") OR "facts" IS NULL)), "made" datetime NOT NULL, "way" varchar(20) NOT NULL, "next_try" datetime NOT NULL, "tries" integer unsigned NOT NULL CHECK ("tries" >= 0), "claim" varchar(40) NOT NULL, "claimed" datetime NULL, "sent" datetime NULL, "said" varchar(300) NOT NULL, "user_id" bigint NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "notices_webhook" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "url" varchar(500) NOT NULL, "made" datetime NOT NULL, "made_by" varchar(150) NOT NULL, "salt" varchar(40) NOT NULL, "upto" bigint NOT NULL, "pending" bigint NULL, "tries" integer unsigned NOT NULL CHECK ("tries" >= 0), "next_try" datetime NOT NULL, "failing" datetime NULL, "claimed" datetime NULL, "taken" datetime NULL, "stopped" datetime NULL, "said" varchar(300) NOT NULL);

CREATE TABLE "saved_views_savedview" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(120) NOT NULL, "path" varchar(300) NOT NULL, "query" varchar(2000) NOT NULL, "role" varchar(20) NOT NULL, "saved" datetime NOT NULL, "removed" datetime NULL, "document_id" varchar(80) NULL REFERENCES "agreements_document" ("id") DEFERRABLE INITIALLY DEFERRED, "owner_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "search_alikewords" ("id" varchar(60) NOT NULL PRIMARY KEY, "words" text NOT NULL, "before" text NOT NULL);

CREATE TABLE "search_entry" ("id" bigint NOT NULL PRIMARY KEY, "group" smallint unsigned NOT NULL CHECK ("group" >= 0), "record" varchar(200) NOT NULL, "document" varchar(120) NOT NULL, "words" text NOT NULL, "exact" text NOT NULL, "link" varchar(1200) NOT NULL, "name" varchar(600) NOT NULL, "says" text NOT NULL, "about" varchar(600) NOT NULL);

CREATE TABLE "search_upto" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "event" bigint NOT NULL);

CREATE TABLE "search_word" ("word" varchar(60) NOT NULL PRIMARY KEY, "size" smallint unsigned NOT NULL CHECK ("size" >= 0), "letters" integer NOT NULL, "entries" integer unsigned NOT NULL CHECK ("entries" >= 0));

CREATE TABLE "socialaccount_socialaccount" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "provider" varchar(200) NOT NULL, "uid" varchar(191) NOT NULL, "last_login" datetime NOT NULL, "date_joined" datetime NOT NULL, "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED, "extra_data" text NOT NULL CHECK ((JSON_VALID("extra_data") OR "extra_data" IS NULL)));

CREATE TABLE "socialaccount_socialapp" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "provider" varchar(30) NOT NULL, "name" varchar(40) NOT NULL, "client_id" varchar(191) NOT NULL, "secret" varchar(191) NOT NULL, "key" varchar(191) NOT NULL, "provider_id" varchar(200) NOT NULL, "settings" text NOT NULL CHECK ((JSON_VALID("settings") OR "settings" IS NULL)));

CREATE TABLE "socialaccount_socialtoken" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "token" text NOT NULL, "token_secret" text NOT NULL, "expires_at" datetime NULL, "account_id" integer NOT NULL REFERENCES "socialaccount_socialaccount" ("id") DEFERRABLE INITIALLY DEFERRED, "app_id" integer NULL REFERENCES "socialaccount_socialapp" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "usersessions_usersession" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "created_at" datetime NOT NULL, "ip" char(39) NOT NULL, "last_seen_at" datetime NOT NULL, "session_key" varchar(40) NOT NULL UNIQUE, "user_agent" varchar(200) NOT NULL, "data" text NOT NULL CHECK ((JSON_VALID("data") OR "data" IS NULL)), "user_id" bigint NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "workbench_bench" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "page" integer unsigned NOT NULL CHECK ("page" >= 0), "start" integer unsigned NOT NULL CHECK ("start" >= 0), "proposal" text NOT NULL CHECK ((JSON_VALID("proposal") OR "proposal" IS NULL)), "items" text NOT NULL CHECK ((JSON_VALID("items") OR "items" IS NULL)), "revision" integer unsigned NOT NULL CHECK ("revision" >= 0), "provision_id" varchar(120) NOT NULL UNIQUE REFERENCES "agreements_provision" ("id") DEFERRABLE INITIALLY DEFERRED, "draft_id" varchar(80) NOT NULL REFERENCES "workbench_draft" ("document_id") DEFERRABLE INITIALLY DEFERRED);

CREATE TABLE "workbench_draft" ("document_id" varchar(80) NOT NULL PRIMARY KEY REFERENCES "agreements_document" ("id") DEFERRABLE INITIALLY DEFERRED, "filename" varchar(255) NOT NULL, "sha256" varchar(64) NOT NULL, "opened" datetime NOT NULL, "opened_by" varchar(150) NOT NULL, "warnings" text NOT NULL CHECK ((JSON_VALID("warnings") OR "warnings" IS NULL)), "published" datetime NULL, "discarded" datetime NULL, "discarded_by" varchar(150) NOT NULL, "discarded_why" varchar(300) NOT NULL);

CREATE TABLE "workbench_step" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "number" integer unsigned NOT NULL CHECK ("number" >= 0), "at" datetime NOT NULL, "by" varchar(150) NOT NULL, "says" varchar(300) NOT NULL, "before" text NOT NULL CHECK ((JSON_VALID("before") OR "before" IS NULL)), "after" text NOT NULL CHECK ((JSON_VALID("after") OR "after" IS NULL)), "revisions" text NOT NULL CHECK ((JSON_VALID("revisions") OR "revisions" IS NULL)), "publishes" bool NOT NULL, "undone" bool NOT NULL, "draft_id" varchar(80) NOT NULL REFERENCES "workbench_draft" ("document_id") DEFERRABLE INITIALLY DEFERRED, "published" text NOT NULL CHECK ((JSON_VALID("published") OR "published" IS NULL)), "register" text NOT NULL CHECK ((JSON_VALID("register") OR "register" IS NULL)), "turns_id" bigint NULL REFERENCES "workbench_step" ("id") DEFERRABLE INITIALLY DEFERRED, CONSTRAINT "one_step_a_number" UNIQUE ("draft_id", "number"));

INSERT INTO "audit_head" ("id", "count", "hash") VALUES
(1, 0, '0000000000000000000000000000000000000000000000000000000000000000');

INSERT INTO "auth_permission" ("id", "content_type_id", "codename", "name") VALUES
(1, 1, 'add_permission', 'Can add permission'),
(10, 3, 'change_contenttype', 'Can change content type'),
(100, 25, 'view_claimparty', 'Can view claim party'),
(101, 26, 'add_conflictside', 'Can add conflict side'),
(102, 26, 'change_conflictside', 'Can change conflict side'),
(103, 26, 'delete_conflictside', 'Can delete conflict side'),
(104, 26, 'view_conflictside', 'Can view conflict side'),
(105, 27, 'add_suggestion', 'Can add suggestion'),
(106, 27, 'change_suggestion', 'Can change suggestion'),
(107, 27, 'delete_suggestion', 'Can delete suggestion'),
(108, 27, 'view_suggestion', 'Can view suggestion'),
(109, 28, 'add_link', 'Can add link'),
(11, 3, 'delete_contenttype', 'Can delete content type'),
(110, 28, 'change_link', 'Can change link'),
(111, 28, 'delete_link', 'Can delete link'),
(112, 28, 'view_link', 'Can view link'),
(113, 29, 'add_storedfile', 'Can add stored file'),
(114, 29, 'change_storedfile', 'Can change stored file'),
(115, 29, 'delete_storedfile', 'Can delete stored file'),
(116, 29, 'view_storedfile', 'Can view stored file'),
(117, 30, 'add_sourcefile', 'Can add source file'),
(118, 30, 'change_sourcefile', 'Can change source file'),
(119, 30, 'delete_sourcefile', 'Can delete source file'),
(12, 3, 'view_contenttype', 'Can view content type'),
(120, 30, 'view_sourcefile', 'Can view source file'),
(121, 31, 'add_savedview', 'Can add saved view'),
(122, 31, 'change_savedview', 'Can change saved view'),
(123, 31, 'delete_savedview', 'Can delete saved view'),
(124, 31, 'view_savedview', 'Can view saved view'),
(125, 32, 'add_document', 'Can add document'),
(126, 32, 'change_document', 'Can change document'),
(127, 32, 'delete_document', 'Can delete document'),
(128, 32, 'view_document', 'Can view document'),
(129, 33, 'add_pack', 'Can add pack'),
(13, 4, 'add_session', 'Can add session'),
(130, 33, 'change_pack', 'Can change pack'),
(131, 33, 'delete_pack', 'Can delete pack'),
(132, 33, 'view_pack', 'Can view pack'),
(133, 34, 'add_party', 'Can add party'),
(134, 34, 'change_party', 'Can change party'),
(135, 34, 'delete_party', 'Can delete party'),
(136, 34, 'view_party', 'Can view party'),
(137, 35, 'add_officialtext', 'Can add official text'),
(138, 35, 'change_officialtext', 'Can change official text'),
(139, 35, 'delete_officialtext', 'Can delete official text'),
(14, 4, 'change_session', 'Can change session'),
(140, 35, 'view_officialtext', 'Can view official text'),
(141, 36, 'add_instrument', 'Can add instrument'),
(142, 36, 'change_instrument', 'Can change instrument'),
(143, 36, 'delete_instrument', 'Can delete instrument'),
(144, 36, 'view_instrument', 'Can view instrument'),
(145, 37, 'add_membership', 'Can add membership'),
(146, 37, 'change_membership', 'Can change membership'),
(147, 37, 'delete_membership', 'Can delete membership'),
(148, 37, 'view_membership', 'Can view membership'),
(149, 38, 'add_documentparty', 'Can add document party'),
(15, 4, 'delete_session', 'Can delete session'),
(150, 38, 'change_documentparty', 'Can change document party'),
(151, 38, 'delete_documentparty', 'Can delete document party'),
(152, 38, 'view_documentparty', 'Can view document party'),
(153, 39, 'add_provision', 'Can add provision'),
(154, 39, 'change_provision', 'Can change provision'),
(155, 39, 'delete_provision', 'Can delete provision'),
(156, 39, 'view_provision', 'Can view provision'),
(157, 40, 'add_commitment', 'Can add commitment'),
(158, 40, 'change_commitment', 'Can change commitment'),
(159, 40, 'delete_commitment', 'Can delete commitment'),
(16, 4, 'view_session', 'Can view session'),
(160, 40, 'view_commitment', 'Can view commitment'),
(161, 41, 'add_citation', 'Can add citation'),
(162, 41, 'change_citation', 'Can change citation'),
(163, 41, 'delete_citation', 'Can delete citation'),
(164, 41, 'view_citation', 'Can view citation'),
(165, 42, 'add_interpretivenote', 'Can add interpretive note'),
(166, 42, 'change_interpretivenote', 'Can change interpretive note'),
(167, 42, 'delete_interpretivenote', 'Can delete interpretive note'),
(168, 42, 'view_interpretivenote', 'Can view interpretive note'),
(169, 43, 'add_partyevent', 'Can add party event'),
(17, 5, 'add_count', 'Can add count'),
(170, 43, 'change_partyevent', 'Can change party event'),
(171, 43, 'delete_partyevent', 'Can delete party event'),
(172, 43, 'view_partyevent', 'Can view party event'),
(173, 44, 'add_edge', 'Can add edge'),
(174, 44, 'change_edge', 'Can change edge'),
(175, 44, 'delete_edge', 'Can delete edge'),
(176, 44, 'view_edge', 'Can view edge'),
(177, 45, 'add_source', 'Can add source'),
(178, 45, 'change_source', 'Can change source'),
(179, 45, 'delete_source', 'Can delete source'),
(18, 5, 'change_count', 'Can change count'),
(180, 45, 'view_source', 'Can view source'),
(181, 46, 'add_paperwords', 'Can add paper words'),
(182, 46, 'change_paperwords', 'Can change paper words'),
(183, 46, 'delete_paperwords', 'Can delete paper words'),
(184, 46, 'view_paperwords', 'Can view paper words'),
(185, 47, 'add_activity', 'Can add activity'),
(186, 47, 'change_activity', 'Can change activity'),
(187, 47, 'delete_activity', 'Can delete activity'),
(188, 47, 'view_activity', 'Can view activity'),
(189, 48, 'add_activityevent', 'Can add activity event'),
(19, 5, 'delete_count', 'Can delete count'),
(190, 48, 'change_activityevent', 'Can change activity event'),
(191, 48, 'delete_activityevent', 'Can delete activity event'),
(192, 48, 'view_activityevent', 'Can view activity event'),
(193, 49, 'add_activityparty', 'Can add activity party'),
(194, 49, 'change_activityparty', 'Can change activity party'),
(195, 49, 'delete_activityparty', 'Can delete activity party'),
(196, 49, 'view_activityparty', 'Can view activity party'),
(197, 50, 'add_fundfigure', 'Can add fund figure'),
(198, 50, 'change_fundfigure', 'Can change fund figure'),
(199, 50, 'delete_fundfigure', 'Can delete fund figure'),
(2, 1, 'change_permission', 'Can change permission'),
(20, 5, 'view_count', 'Can view count'),
(200, 50, 'view_fundfigure', 'Can view fund figure'),
(201, 51, 'add_meeting', 'Can add meeting'),
(202, 51, 'change_meeting', 'Can change meeting'),
(203, 51, 'delete_meeting', 'Can delete meeting'),
(204, 51, 'view_meeting', 'Can view meeting'),
(205, 52, 'add_series', 'Can add series'),
(206, 52, 'change_series', 'Can change series'),
(207, 52, 'delete_series', 'Can delete series'),
(208, 52, 'view_series', 'Can view series'),
(209, 53, 'add_observation', 'Can add observation'),
(21, 6, 'add_user', 'Can add user'),
(210, 53, 'change_observation', 'Can change observation'),
(211, 53, 'delete_observation', 'Can delete observation'),
(212, 53, 'view_observation', 'Can view observation'),
(213, 54, 'add_target', 'Can add target'),
(214, 54, 'change_target', 'Can change target'),
(215, 54, 'delete_target', 'Can delete target'),
(216, 54, 'view_target', 'Can view target'),
(217, 55, 'add_refresh', 'Can add refresh'),
(218, 55, 'change_refresh', 'Can change refresh'),
(219, 55, 'delete_refresh', 'Can delete refresh'),
(22, 6, 'change_user', 'Can change user'),
(220, 55, 'view_refresh', 'Can view refresh'),
(221, 56, 'add_indicator', 'Can add indicator'),
(222, 56, 'change_indicator', 'Can change indicator'),
(223, 56, 'delete_indicator', 'Can delete indicator'),
(224, 56, 'view_indicator', 'Can view indicator'),
(225, 57, 'add_feed', 'Can add feed'),
(226, 57, 'change_feed', 'Can change feed'),
(227, 57, 'delete_feed', 'Can delete feed'),
(228, 57, 'view_feed', 'Can view feed'),
(229, 58, 'add_fetch', 'Can add fetch'),
(23, 6, 'delete_user', 'Can delete user'),
(230, 58, 'change_fetch', 'Can change fetch'),
(231, 58, 'delete_fetch', 'Can delete fetch'),
(232, 58, 'view_fetch', 'Can view fetch'),
(233, 59, 'add_vintage', 'Can add vintage'),
(234, 59, 'change_vintage', 'Can change vintage'),
(235, 59, 'delete_vintage', 'Can delete vintage'),
(236, 59, 'view_vintage', 'Can view vintage'),
(237, 60, 'add_figure', 'Can add figure'),
(238, 60, 'change_figure', 'Can change figure'),
(239, 60, 'delete_figure', 'Can delete figure'),
(24, 6, 'view_user', 'Can view user'),
(240, 60, 'view_figure', 'Can view figure'),
(241, 61, 'add_scale', 'Can add scale'),
(242, 61, 'change_scale', 'Can change scale'),
(243, 61, 'delete_scale', 'Can delete scale'),
(244, 61, 'view_scale', 'Can view scale'),
(245, 62, 'add_assessment', 'Can add assessment'),
(246, 62, 'change_assessment', 'Can change assessment'),
(247, 62, 'delete_assessment', 'Can delete assessment'),
(248, 62, 'view_assessment', 'Can view assessment'),
(249, 63, 'add_rating', 'Can add rating'),
(25, 7, 'add_grant', 'Can add grant'),
(250, 63, 'change_rating', 'Can change rating'),
(251, 63, 'delete_rating', 'Can delete rating'),
(252, 63, 'view_rating', 'Can view rating'),
(253, 64, 'add_reply', 'Can add reply'),
(254, 64, 'change_reply', 'Can change reply'),
(255, 64, 'delete_reply', 'Can delete reply'),
(256, 64, 'view_reply', 'Can view reply'),
(257, 65, 'add_scalevalue', 'Can add scale value'),
(258, 65, 'change_scalevalue', 'Can change scale value'),
(259, 65, 'delete_scalevalue', 'Can delete scale value'),
(26, 7, 'change_grant', 'Can change grant'),
(260, 65, 'view_scalevalue', 'Can view scale value'),
(261, 66, 'add_ratingunit', 'Can add rating unit'),
(262, 66, 'change_ratingunit', 'Can change rating unit'),
(263, 66, 'delete_ratingunit', 'Can delete rating unit'),
(264, 66, 'view_ratingunit', 'Can view rating unit'),
(265, 67, 'add_adjudicatedrating', 'Can add adjudicated rating'),
(266, 67, 'change_adjudicatedrating', 'Can change adjudicated rating'),
(267, 67, 'delete_adjudicatedrating', 'Can delete adjudicated rating'),
(268, 67, 'view_adjudicatedrating', 'Can view adjudicated rating'),
(269, 68, 'add_cycle', 'Can add cycle'),
(27, 7, 'delete_grant', 'Can delete grant'),
(270, 68, 'change_cycle', 'Can change cycle'),
(271, 68, 'delete_cycle', 'Can delete cycle'),
(272, 68, 'view_cycle', 'Can view cycle'),
(273, 69, 'add_report', 'Can add report'),
(274, 69, 'change_report', 'Can change report'),
(275, 69, 'delete_report', 'Can delete report'),
(276, 69, 'view_report', 'Can view report'),
(277, 70, 'add_assignment', 'Can add assignment'),
(278, 70, 'change_assignment', 'Can change assignment'),
(279, 70, 'delete_assignment', 'Can delete assignment'),
(28, 7, 'view_grant', 'Can view grant'),
(280, 70, 'view_assignment', 'Can view assignment'),
(281, 71, 'add_saveddraft', 'Can add saved draft'),
(282, 71, 'change_saveddraft', 'Can change saved draft'),
(283, 71, 'delete_saveddraft', 'Can delete saved draft'),
(284, 71, 'view_saveddraft', 'Can view saved draft'),
(285, 72, 'add_submission', 'Can add submission'),
(286, 72, 'change_submission', 'Can change submission'),
(287, 72, 'delete_submission', 'Can delete submission'),
(288, 72, 'view_submission', 'Can view submission'),
(289, 73, 'add_comment', 'Can add comment'),
(29, 8, 'add_cacheentry', 'Can add cache entry'),
(290, 73, 'change_comment', 'Can change comment'),
(291, 73, 'delete_comment', 'Can delete comment'),
(292, 73, 'view_comment', 'Can view comment'),
(293, 74, 'add_question', 'Can add question'),
(294, 74, 'change_question', 'Can change question'),
(295, 74, 'delete_question', 'Can delete question'),
(296, 74, 'view_question', 'Can view question'),
(297, 75, 'add_reportfile', 'Can add report file'),
(298, 75, 'change_reportfile', 'Can change report file'),
(299, 75, 'delete_reportfile', 'Can delete report file'),
(3, 1, 'delete_permission', 'Can delete permission'),
(30, 8, 'change_cacheentry', 'Can change cache entry'),
(300, 75, 'view_reportfile', 'Can view report file'),
(301, 76, 'add_sentfile', 'Can add sent file'),
(302, 76, 'change_sentfile', 'Can change sent file'),
(303, 76, 'delete_sentfile', 'Can delete sent file'),
(304, 76, 'view_sentfile', 'Can view sent file'),
(305, 77, 'add_workbook', 'Can add workbook'),
(306, 77, 'change_workbook', 'Can change workbook'),
(307, 77, 'delete_workbook', 'Can delete workbook'),
(308, 77, 'view_workbook', 'Can view workbook'),
(309, 78, 'add_lifedecision', 'Can add life decision'),
(31, 8, 'delete_cacheentry', 'Can delete cache entry'),
(310, 78, 'change_lifedecision', 'Can change life decision'),
(311, 78, 'delete_lifedecision', 'Can delete life decision'),
(312, 78, 'view_lifedecision', 'Can view life decision'),
(313, 79, 'add_confirmlink', 'Can add confirm link'),
(314, 79, 'change_confirmlink', 'Can change confirm link'),
(315, 79, 'delete_confirmlink', 'Can delete confirm link'),
(316, 79, 'view_confirmlink', 'Can view confirm link'),
(317, 80, 'add_recordcheck', 'Can add record check'),
(318, 80, 'change_recordcheck', 'Can change record check'),
(319, 80, 'delete_recordcheck', 'Can delete record check'),
(32, 8, 'view_cacheentry', 'Can view cache entry'),
(320, 80, 'view_recordcheck', 'Can view record check'),
(321, 81, 'add_draft', 'Can add draft'),
(322, 81, 'change_draft', 'Can change draft'),
(323, 81, 'delete_draft', 'Can delete draft'),
(324, 81, 'view_draft', 'Can view draft'),
(325, 82, 'add_step', 'Can add step'),
(326, 82, 'change_step', 'Can change step'),
(327, 82, 'delete_step', 'Can delete step'),
(328, 82, 'view_step', 'Can view step'),
(329, 83, 'add_provisiondraft', 'Can add provision draft'),
(33, 9, 'add_invitation', 'Can add invitation'),
(330, 83, 'change_provisiondraft', 'Can change provision draft'),
(331, 83, 'delete_provisiondraft', 'Can delete provision draft'),
(332, 83, 'view_provisiondraft', 'Can view provision draft'),
(333, 84, 'add_spreadsheetupload', 'Can add spreadsheet upload'),
(334, 84, 'change_spreadsheetupload', 'Can change spreadsheet upload'),
(335, 84, 'delete_spreadsheetupload', 'Can delete spreadsheet upload'),
(336, 84, 'view_spreadsheetupload', 'Can view spreadsheet upload'),
(337, 85, 'add_savedmap', 'Can add saved map'),
(338, 85, 'change_savedmap', 'Can change saved map'),
(339, 85, 'delete_savedmap', 'Can delete saved map'),
(34, 9, 'change_invitation', 'Can change invitation'),
(340, 85, 'view_savedmap', 'Can view saved map'),
(341, 86, 'add_entry', 'Can add entry'),
(342, 86, 'change_entry', 'Can change entry'),
(343, 86, 'delete_entry', 'Can delete entry'),
(344, 86, 'view_entry', 'Can view entry'),
(345, 87, 'add_upto', 'Can add upto'),
(346, 87, 'change_upto', 'Can change upto'),
(347, 87, 'delete_upto', 'Can delete upto'),
(348, 87, 'view_upto', 'Can view upto'),
(349, 88, 'add_word', 'Can add word'),
(35, 9, 'delete_invitation', 'Can delete invitation'),
(350, 88, 'change_word', 'Can change word'),
(351, 88, 'delete_word', 'Can delete word'),
(352, 88, 'view_word', 'Can view word'),
(353, 89, 'add_alikewords', 'Can add alike words'),
(354, 89, 'change_alikewords', 'Can change alike words'),
(355, 89, 'delete_alikewords', 'Can delete alike words'),
(356, 89, 'view_alikewords', 'Can view alike words'),
(357, 90, 'add_counter', 'Can add counter'),
(358, 90, 'change_counter', 'Can change counter'),
(359, 90, 'delete_counter', 'Can delete counter'),
(36, 9, 'view_invitation', 'Can view invitation'),
(360, 90, 'view_counter', 'Can view counter'),
(361, 91, 'add_token', 'Can add token'),
(362, 91, 'change_token', 'Can change token'),
(363, 91, 'delete_token', 'Can delete token'),
(364, 91, 'view_token', 'Can view token'),
(365, 92, 'add_answered', 'Can add answered'),
(366, 92, 'change_answered', 'Can change answered'),
(367, 92, 'delete_answered', 'Can delete answered'),
(368, 92, 'view_answered', 'Can view answered'),
(37, 10, 'add_handover', 'Can add hand over'),
(38, 10, 'change_handover', 'Can change hand over'),
(39, 10, 'delete_handover', 'Can delete hand over'),
(4, 1, 'view_permission', 'Can view permission'),
(40, 10, 'view_handover', 'Can view hand over'),
(41, 11, 'add_emailaddress', 'Can add email address'),
(42, 11, 'change_emailaddress', 'Can change email address'),
(43, 11, 'delete_emailaddress', 'Can delete email address'),
(44, 11, 'view_emailaddress', 'Can view email address'),
(45, 12, 'add_emailconfirmation', 'Can add email confirmation'),
(46, 12, 'change_emailconfirmation', 'Can change email confirmation'),
(47, 12, 'delete_emailconfirmation', 'Can delete email confirmation'),
(48, 12, 'view_emailconfirmation', 'Can view email confirmation'),
(49, 13, 'add_authenticator', 'Can add authenticator'),
(5, 2, 'add_group', 'Can add group'),
(50, 13, 'change_authenticator', 'Can change authenticator'),
(51, 13, 'delete_authenticator', 'Can delete authenticator'),
(52, 13, 'view_authenticator', 'Can view authenticator'),
(53, 14, 'add_usersession', 'Can add user session'),
(54, 14, 'change_usersession', 'Can change user session'),
(55, 14, 'delete_usersession', 'Can delete user session'),
(56, 14, 'view_usersession', 'Can view user session'),
(57, 15, 'add_socialaccount', 'Can add social account'),
(58, 15, 'change_socialaccount', 'Can change social account'),
(59, 15, 'delete_socialaccount', 'Can delete social account'),
(6, 2, 'change_group', 'Can change group'),
(60, 15, 'view_socialaccount', 'Can view social account'),
(61, 16, 'add_socialapp', 'Can add social application'),
(62, 16, 'change_socialapp', 'Can change social application'),
(63, 16, 'delete_socialapp', 'Can delete social application'),
(64, 16, 'view_socialapp', 'Can view social application'),
(65, 17, 'add_socialtoken', 'Can add social application token'),
(66, 17, 'change_socialtoken', 'Can change social application token'),
(67, 17, 'delete_socialtoken', 'Can delete social application token'),
(68, 17, 'view_socialtoken', 'Can view social application token'),
(69, 18, 'add_auditevent', 'Can add audit event'),
(7, 2, 'delete_group', 'Can delete group'),
(70, 18, 'change_auditevent', 'Can change audit event'),
(71, 18, 'delete_auditevent', 'Can delete audit event'),
(72, 18, 'view_auditevent', 'Can view audit event'),
(73, 19, 'add_head', 'Can add head'),
(74, 19, 'change_head', 'Can change head'),
(75, 19, 'delete_head', 'Can delete head'),
(76, 19, 'view_head', 'Can view head'),
(77, 20, 'add_muted', 'Can add muted'),
(78, 20, 'change_muted', 'Can change muted'),
(79, 20, 'delete_muted', 'Can delete muted'),
(8, 2, 'view_group', 'Can view group'),
(80, 20, 'view_muted', 'Can view muted'),
(81, 21, 'add_notice', 'Can add notice'),
(82, 21, 'change_notice', 'Can change notice'),
(83, 21, 'delete_notice', 'Can delete notice'),
(84, 21, 'view_notice', 'Can view notice'),
(85, 22, 'add_webhook', 'Can add webhook'),
(86, 22, 'change_webhook', 'Can change webhook'),
(87, 22, 'delete_webhook', 'Can delete webhook'),
(88, 22, 'view_webhook', 'Can view webhook'),
(89, 23, 'add_conflict', 'Can add conflict'),
(9, 3, 'add_contenttype', 'Can add content type'),
(90, 23, 'change_conflict', 'Can change conflict'),
(91, 23, 'delete_conflict', 'Can delete conflict'),
(92, 23, 'view_conflict', 'Can view conflict'),
(93, 24, 'add_claim', 'Can add claim'),
(94, 24, 'change_claim', 'Can change claim'),
(95, 24, 'delete_claim', 'Can delete claim'),
(96, 24, 'view_claim', 'Can view claim'),
(97, 25, 'add_claimparty', 'Can add claim party'),
(98, 25, 'change_claimparty', 'Can change claim party'),
(99, 25, 'delete_claimparty', 'Can delete claim party');

INSERT INTO "django_content_type" ("id", "app_label", "model") VALUES
(1, 'auth', 'permission'),
(10, 'accounts', 'handover'),
(11, 'account', 'emailaddress'),
(12, 'account', 'emailconfirmation'),
(13, 'mfa', 'authenticator'),
(14, 'usersessions', 'usersession'),
(15, 'socialaccount', 'socialaccount'),
(16, 'socialaccount', 'socialapp'),
(17, 'socialaccount', 'socialtoken'),
(18, 'audit', 'auditevent'),
(19, 'audit', 'head'),
(2, 'auth', 'group'),
(20, 'notices', 'muted'),
(21, 'notices', 'notice'),
(22, 'notices', 'webhook'),
(23, 'evidence', 'conflict'),
(24, 'evidence', 'claim'),
(25, 'evidence', 'claimparty'),
(26, 'evidence', 'conflictside'),
(27, 'evidence', 'suggestion'),
(28, 'links', 'link'),
(29, 'files', 'storedfile'),
(3, 'contenttypes', 'contenttype'),
(30, 'files', 'sourcefile'),
(31, 'saved_views', 'savedview'),
(32, 'agreements', 'document'),
(33, 'agreements', 'pack'),
(34, 'agreements', 'party'),
(35, 'agreements', 'officialtext'),
(36, 'agreements', 'instrument'),
(37, 'agreements', 'membership'),
(38, 'agreements', 'documentparty'),
(39, 'agreements', 'provision'),
(4, 'sessions', 'session'),
(40, 'agreements', 'commitment'),
(41, 'agreements', 'citation'),
(42, 'agreements', 'interpretivenote'),
(43, 'agreements', 'partyevent'),
(44, 'agreements', 'edge'),
(45, 'agreements', 'source'),
(46, 'agreements', 'paperwords'),
(47, 'activities', 'activity'),
(48, 'activities', 'activityevent'),
(49, 'activities', 'activityparty'),
(5, 'limits', 'count'),
(50, 'activities', 'fundfigure'),
(51, 'activities', 'meeting'),
(52, 'indicators', 'series'),
(53, 'indicators', 'observation'),
(54, 'indicators', 'target'),
(55, 'indicators', 'refresh'),
(56, 'indicators', 'indicator'),
(57, 'indicators', 'feed'),
(58, 'indicators', 'fetch'),
(59, 'indicators', 'vintage'),
(6, 'accounts', 'user'),
(60, 'indicators', 'figure'),
(61, 'assessments', 'scale'),
(62, 'assessments', 'assessment'),
(63, 'assessments', 'rating'),
(64, 'assessments', 'reply'),
(65, 'assessments', 'scalevalue'),
(66, 'assessments', 'ratingunit'),
(67, 'assessments', 'adjudicatedrating'),
(68, 'followup', 'cycle'),
(69, 'followup', 'report'),
(7, 'accounts', 'grant'),
(70, 'followup', 'assignment'),
(71, 'followup', 'saveddraft'),
(72, 'followup', 'submission'),
(73, 'followup', 'comment'),
(74, 'followup', 'question'),
(75, 'followup', 'reportfile'),
(76, 'followup', 'sentfile'),
(77, 'followup', 'workbook'),
(78, 'followup', 'lifedecision'),
(79, 'followup', 'confirmlink'),
(8, 'accounts', 'cacheentry'),
(80, 'followup', 'recordcheck'),
(81, 'workbench', 'draft'),
(82, 'workbench', 'step'),
(83, 'workbench', 'provisiondraft'),
(84, 'exchange', 'spreadsheetupload'),
(85, 'exchange', 'savedmap'),
(86, 'search', 'entry'),
(87, 'search', 'upto'),
(88, 'search', 'word'),
(89, 'search', 'alikewords'),
(9, 'accounts', 'invitation'),
(90, 'kit', 'counter'),
(91, 'api', 'token'),
(92, 'api', 'answered');

INSERT INTO "django_migrations" ("id", "app", "name", "applied") VALUES
(1, 'contenttypes', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(10, 'auth', '0008_alter_user_username_max_length', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(100, 'socialaccount', '0002_token_max_lengths', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(101, 'socialaccount', '0003_extra_data_default_dict', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(102, 'socialaccount', '0004_app_provider_id_settings', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(103, 'socialaccount', '0005_socialtoken_nullable_app', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(104, 'socialaccount', '0006_alter_socialaccount_extra_data', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(105, 'usersessions', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(106, 'workbench', '0001_workbench', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(107, 'workbench', '0002_undo', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(108, 'workbench', '0003_provision_drafts', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(11, 'auth', '0009_alter_user_last_name_max_length', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(12, 'auth', '0010_alter_group_name_max_length', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(13, 'auth', '0011_update_proxy_permissions', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(14, 'auth', '0012_alter_user_first_name_max_length', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(15, 'evidence', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(16, 'agreements', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(17, 'accounts', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(18, 'account', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(19, 'account', '0002_email_max_length', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(2, 'contenttypes', '0002_remove_content_type_name', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(20, 'account', '0003_alter_emailaddress_create_unique_verified_email', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(21, 'account', '0004_alter_emailaddress_drop_unique_email', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(22, 'account', '0005_emailaddress_idx_upper_email', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(23, 'account', '0006_emailaddress_lower', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(24, 'account', '0007_emailaddress_idx_email', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(25, 'account', '0008_emailaddress_unique_primary_email_fixup', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(26, 'account', '0009_emailaddress_unique_primary_email', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(27, 'agreements', '0002_workbench', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(28, 'agreements', '0003_evidence', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(29, 'activities', '0001_evidence', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(3, 'auth', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(30, 'evidence', '0002_evidence', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(31, 'indicators', '0001_evidence', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(32, 'indicators', '0002_registry', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(33, 'evidence', '0003_evidence', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(34, 'evidence', '0004_shares', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(35, 'evidence', '0005_suggestions', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(36, 'activities', '0002_briefs', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(37, 'evidence', '0006_briefs', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(38, 'evidence', '0007_links_withdrawn', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(39, 'evidence', '0008_link_to_indicators', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(4, 'auth', '0002_alter_permission_name_max_length', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(40, 'evidence', '0009_superseded', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(41, 'agreements', '0004_standing', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(42, 'evidence', '0010_standing', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(43, 'evidence', '0011_counters', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(44, 'agreements', '0005_sources', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(45, 'agreements', '0006_comparison', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(46, 'accounts', '0002_people', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(47, 'accounts', '0003_cache', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(48, 'accounts', '0004_invitations', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(49, 'accounts', '0005_hand_overs', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(5, 'auth', '0003_alter_user_email_max_length', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(50, 'activities', '0003_superseded', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(51, 'activities', '0004_pledges_due', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(52, 'activities', '0005_sources', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(53, 'agreements', '0007_paper_words', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(54, 'api', '0001_tokens', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(55, 'assessments', '0001_rounds', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(56, 'assessments', '0002_rating_units', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(57, 'assessments', '0003_coders_by_letter', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(58, 'audit', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(59, 'audit', '0002_chain', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(6, 'auth', '0004_alter_user_username_opts', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(60, 'audit', '0003_chained', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(61, 'indicators', '0003_superseded', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(62, 'indicators', '0004_series_parts', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(63, 'indicators', '0005_sources', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(64, 'evidence', '0012_apart', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(65, 'evidence', '0013_entered_by', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(66, 'evidence', '0014_outcomes', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(67, 'evidence', '0015_comments', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(68, 'exchange', '0001_spreadsheets', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(69, 'exchange', '0002_import_written', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(7, 'auth', '0005_alter_user_last_login_null', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(70, 'files', '0001_files', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(71, 'followup', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(72, 'followup', '0002_examples', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(73, 'followup', '0003_files', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(74, 'followup', '0004_workbooks', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(75, 'followup', '0005_lives', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(76, 'followup', '0006_confirm_round', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(77, 'followup', '0007_comments', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(78, 'followup', '0008_together', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(79, 'followup', '0009_record_of_all_kinds', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(8, 'auth', '0006_require_contenttypes_0002', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(80, 'indicators', '0006_group_name', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(81, 'kit', '0001_counters', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(82, 'limits', '0001_counts', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(83, 'links', '0001_links', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(84, 'mfa', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(85, 'mfa', '0002_authenticator_timestamps', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(86, 'mfa', '0003_authenticator_type_uniq', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(87, 'notices', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(88, 'notices', '0002_webhooks', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(89, 'notices', '0003_confirm', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(9, 'auth', '0007_alter_validators_add_error_messages', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(90, 'notices', '0004_comments_and_accounts', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(91, 'saved_views', '0001_saved_views', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(92, 'search', '0001_search', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(93, 'search', '0002_sequence', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(94, 'search', '0003_words', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(95, 'search', '0004_vocabulary', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(96, 'search', '0005_alike_words', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(97, 'search', '0006_blocks', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(98, 'sessions', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now')),
(99, 'socialaccount', '0001_initial', strftime('%Y-%m-%d %H:%M:%f', 'now'));

CREATE VIRTUAL TABLE search_words USING fts5(
        words, content='search_entry', content_rowid='id', detail=none, columnsize=0,
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc' tokenchars '._'"
    );

DELETE FROM sqlite_sequence;

INSERT INTO "sqlite_sequence" ("name", "seq") VALUES
('account_emailaddress', 0),
('accounts_user', 0),
('assessments_cell', 0),
('assessments_rating', 0),
('assessments_verdict', 0),
('audit_auditevent', 0),
('audit_head', 1),
('auth_group', 0),
('auth_permission', 368),
('django_content_type', 92),
('django_migrations', 108),
('evidence_suggestion', 0),
('exchange_spreadsheetupload', 0),
('followup_assignment', 0),
('followup_comment', 0),
('followup_recordcheck', 0),
('followup_report', 0),
('followup_saveddraft', 0),
('followup_sentfile', 0),
('followup_submission', 0),
('indicators_fetch', 0),
('mfa_authenticator', 0),
('socialaccount_socialaccount', 0),
('socialaccount_socialapp', 0),
('socialaccount_socialtoken', 0),
('workbench_step', 0);

CREATE INDEX "account_emailaddress_email_03be32b2" ON "account_emailaddress" ("email");

CREATE INDEX "account_emailaddress_user_id_2c513194" ON "account_emailaddress" ("user_id");

CREATE UNIQUE INDEX "account_emailaddress_user_id_email_987c8728_uniq" ON "account_emailaddress" ("user_id", "email");

CREATE INDEX "account_emailconfirmation_email_address_id_5b7f8c58" ON "account_emailconfirmation" ("email_address_id");

CREATE INDEX "accounts_cache_expires_1624b04f" ON "accounts_cache" ("expires");

CREATE INDEX "accounts_grant_document_id_fc5cff9a" ON "accounts_grant" ("document_id");

CREATE INDEX "accounts_grant_party_id_5006943a" ON "accounts_grant" ("party_id");

CREATE INDEX "accounts_grant_user_id_7b34be41" ON "accounts_grant" ("user_id");

CREATE INDEX "accounts_handover_leaver_id_e100e823" ON "accounts_handover" ("leaver_id");

CREATE INDEX "accounts_handover_successor_id_e675e415" ON "accounts_handover" ("successor_id");

CREATE INDEX "accounts_invitation_document_id_79faa1e0" ON "accounts_invitation" ("document_id");

CREATE INDEX "accounts_invitation_party_id_bb6b9a74" ON "accounts_invitation" ("party_id");

CREATE INDEX "accounts_invitation_user_id_83f45191" ON "accounts_invitation" ("user_id");

CREATE INDEX "accounts_user_groups_group_id_bd11a704" ON "accounts_user_groups" ("group_id");

CREATE INDEX "accounts_user_groups_user_id_52b62117" ON "accounts_user_groups" ("user_id");

CREATE UNIQUE INDEX "accounts_user_groups_user_id_group_id_59c0b32f_uniq" ON "accounts_user_groups" ("user_id", "group_id");

CREATE INDEX "accounts_user_user_permissions_permission_id_113bb443" ON "accounts_user_user_permissions" ("permission_id");

CREATE INDEX "accounts_user_user_permissions_user_id_e4f0a161" ON "accounts_user_user_permissions" ("user_id");

CREATE UNIQUE INDEX "accounts_user_user_permissions_user_id_permission_id_2ab516c2_uniq" ON "accounts_user_user_permissions" ("user_id", "permission_id");

CREATE INDEX "activities_activity_fund_id_671df18c" ON "activities_activity" ("fund_id");

CREATE INDEX "activities_activity_parent_id_b8160582" ON "activities_activity" ("parent_id");

CREATE INDEX "activities_activity_replaced_by_id_6cdab174" ON "activities_activity" ("replaced_by_id");

CREATE INDEX "activities_activity_source_id_2657a8ff" ON "activities_activity" ("source_id");

CREATE INDEX "activities_activityevent_activity_id_78d6b275" ON "activities_activityevent" ("activity_id");

CREATE INDEX "activities_activityevent_source_id_b550daf8" ON "activities_activityevent" ("source_id");

CREATE INDEX "activities_activityparty_activity_id_b3d26761" ON "activities_activityparty" ("activity_id");

CREATE INDEX "activities_activityparty_party_id_721a0a0b" ON "activities_activityparty" ("party_id");

CREATE INDEX "activities_fundfigure_fund_id_27256652" ON "activities_fundfigure" ("fund_id");

CREATE INDEX "activities_fundfigure_source_id_b2b2d9fe" ON "activities_fundfigure" ("source_id");

CREATE INDEX "activities_meeting_replaced_by_id_fce9f157" ON "activities_meeting" ("replaced_by_id");

CREATE INDEX "activities_meeting_source_id_a1b73b1e" ON "activities_meeting" ("source_id");

CREATE INDEX "activity_in_brief" ON "activities_activity" ("id", "withdrawn", "kind", "state", "start", "end", "budget", "recorded", "source_id", "fund_id");

CREATE INDEX "agreements_citation_commitment_id_f318f1f7" ON "agreements_citation" ("commitment_id");

CREATE INDEX "agreements_citation_instrument_id_909dcb4b" ON "agreements_citation" ("instrument_id");

CREATE INDEX "agreements_commitment_provision_id_a9b2aa33" ON "agreements_commitment" ("provision_id");

CREATE INDEX "agreements_document_implements_id_8a4cf47d" ON "agreements_document" ("implements_id");

CREATE INDEX "agreements_document_source_id_4b3a5ba0" ON "agreements_document" ("source_id");

CREATE INDEX "agreements_document_succeeds_id_7352e4f0" ON "agreements_document" ("succeeds_id");

CREATE INDEX "agreements_documentparty_document_id_368aacc1" ON "agreements_documentparty" ("document_id");

CREATE INDEX "agreements_documentparty_party_id_2acaa097" ON "agreements_documentparty" ("party_id");

CREATE INDEX "agreements_edge_earlier_id_87cc13fc" ON "agreements_edge" ("earlier_id");

CREATE INDEX "agreements_edge_later_id_b8545c10" ON "agreements_edge" ("later_id");

CREATE INDEX "agreements_instrument_open_to_id_4ade0e0f" ON "agreements_instrument" ("open_to_id");

CREATE INDEX "agreements_instrument_source_id_670db872" ON "agreements_instrument" ("source_id");

CREATE INDEX "agreements_interpretivenote_commitment_id_10b88bbd" ON "agreements_interpretivenote" ("commitment_id");

CREATE INDEX "agreements_membership_organisation_id_d6829e29" ON "agreements_membership" ("organisation_id");

CREATE INDEX "agreements_membership_party_id_bf15147f" ON "agreements_membership" ("party_id");

CREATE INDEX "agreements_membership_source_id_50bfa109" ON "agreements_membership" ("source_id");

CREATE INDEX "agreements_paperwords_document_id_3deb8687" ON "agreements_paperwords" ("document_id");

CREATE INDEX "agreements_partyevent_instrument_id_5bd4c29a" ON "agreements_partyevent" ("instrument_id");

CREATE INDEX "agreements_partyevent_party_id_a910df47" ON "agreements_partyevent" ("party_id");

CREATE INDEX "agreements_partyevent_source_id_3bc27da2" ON "agreements_partyevent" ("source_id");

CREATE INDEX "agreements_provision_document_id_bc95af33" ON "agreements_provision" ("document_id");

CREATE INDEX "agreements_provision_parent_id_8f329a48" ON "agreements_provision" ("parent_id");

CREATE INDEX "api_answered_at_b0a1dd23" ON "api_answered" ("at");

CREATE INDEX "api_answered_token_id_8db0fe94" ON "api_answered" ("token_id");

CREATE INDEX "api_token_user_id_b646d2e7" ON "api_token" ("user_id");

CREATE INDEX "assessments_assessment_document_id_4d4fe6b3" ON "assessments_assessment" ("document_id");

CREATE INDEX "assessments_cell_assessment_id_ccb41a26" ON "assessments_cell" ("assessment_id");

CREATE INDEX "assessments_cell_commitment_id_decc9039" ON "assessments_cell" ("commitment_id");

CREATE INDEX "assessments_cell_note_id_c9f24cf6" ON "assessments_cell" ("note_id");

CREATE INDEX "assessments_cell_party_id_a60a9868" ON "assessments_cell" ("party_id");

CREATE INDEX "assessments_rating_cell_id_3bd310bb" ON "assessments_rating" ("cell_id");

CREATE INDEX "assessments_rating_coder_id_98d01638" ON "assessments_rating" ("coder_id");

CREATE INDEX "assessments_reply_cell_id_947c097b" ON "assessments_reply" ("cell_id");

CREATE INDEX "assessments_scalevalue_scale_id_5b60372a" ON "assessments_scalevalue" ("scale_id");

CREATE INDEX "assessments_verdict_cell_id_a2bf5547" ON "assessments_verdict" ("cell_id");

CREATE INDEX "audit_audit_kind_7c4da3_idx" ON "audit_auditevent" ("kind", "target");

CREATE INDEX "audit_auditevent_at_f461ba89" ON "audit_auditevent" ("at");

CREATE INDEX "auth_group_permissions_group_id_b120cbf9" ON "auth_group_permissions" ("group_id");

CREATE UNIQUE INDEX "auth_group_permissions_group_id_permission_id_0cd325b0_uniq" ON "auth_group_permissions" ("group_id", "permission_id");

CREATE INDEX "auth_group_permissions_permission_id_84c5c92e" ON "auth_group_permissions" ("permission_id");

CREATE INDEX "auth_permission_content_type_id_2f476e4b" ON "auth_permission" ("content_type_id");

CREATE UNIQUE INDEX "auth_permission_content_type_id_codename_01ab375a_uniq" ON "auth_permission" ("content_type_id", "codename");

CREATE INDEX "check_of_record" ON "followup_recordcheck" ("kind", "record");

CREATE INDEX "claim_in_brief" ON "evidence_claim" ("id", "withdrawn", "kind", "date", "stance", "checked", "recorded", "source_id");

CREATE INDEX "claim_withdrawn" ON "evidence_claim" ("id") WHERE "withdrawn" > '';

CREATE UNIQUE INDEX "commitment_activity_once" ON "evidence_link" ("commitment_id", "activity_id") WHERE ("activity_id" IS NOT NULL AND "withdrawn" = '');

CREATE UNIQUE INDEX "commitment_claim_once" ON "evidence_link" ("commitment_id", "claim_id") WHERE ("claim_id" IS NOT NULL AND "withdrawn" = '');

CREATE UNIQUE INDEX "commitment_indicator_once" ON "evidence_link" ("commitment_id", "indicator_id") WHERE ("indicator_id" IS NOT NULL AND "withdrawn" = '');

CREATE UNIQUE INDEX "commitment_instrument_once" ON "evidence_link" ("commitment_id", "instrument_id") WHERE ("instrument_id" IS NOT NULL AND "withdrawn" = '');

CREATE UNIQUE INDEX "commitment_meeting_once" ON "evidence_link" ("commitment_id", "meeting_id") WHERE ("meeting_id" IS NOT NULL AND "withdrawn" = '');

CREATE UNIQUE INDEX "commitment_series_once" ON "evidence_link" ("commitment_id", "series_id") WHERE ("series_id" IS NOT NULL AND "withdrawn" = '');

CREATE UNIQUE INDEX "commitment_target_once" ON "evidence_link" ("commitment_id", "target_id") WHERE ("target_id" IS NOT NULL AND "withdrawn" = '');

CREATE UNIQUE INDEX "django_content_type_app_label_model_76bd3d3b_uniq" ON "django_content_type" ("app_label", "model");

CREATE INDEX "django_session_expire_date_a5c62663" ON "django_session" ("expire_date");

CREATE INDEX "evidence_claim_date_4b7fc12f" ON "evidence_claim" ("date");

CREATE INDEX "evidence_claim_replaced_by_id_93f9f18c" ON "evidence_claim" ("replaced_by_id");

CREATE INDEX "evidence_claim_source_id_03c24577" ON "evidence_claim" ("source_id");

CREATE INDEX "evidence_claimparty_claim_id_5393a9a9" ON "evidence_claimparty" ("claim_id");

CREATE INDEX "evidence_claimparty_party_id_c94c5f00" ON "evidence_claimparty" ("party_id");

CREATE INDEX "evidence_conflict_instrument_id_ef6de655" ON "evidence_conflict" ("instrument_id");

CREATE INDEX "evidence_conflictside_claim_id_c436bdb2" ON "evidence_conflictside" ("claim_id");

CREATE INDEX "evidence_conflictside_conflict_id_3db066df" ON "evidence_conflictside" ("conflict_id");

CREATE INDEX "evidence_conflictside_fund_figure_id_48359b91" ON "evidence_conflictside" ("fund_figure_id");

CREATE INDEX "evidence_conflictside_observation_id_2bab1945" ON "evidence_conflictside" ("observation_id");

CREATE INDEX "evidence_conflictside_source_id_be741baa" ON "evidence_conflictside" ("source_id");

CREATE INDEX "evidence_link_activity_id_990a673f" ON "evidence_link" ("activity_id");

CREATE INDEX "evidence_link_claim_id_cb23871c" ON "evidence_link" ("claim_id");

CREATE INDEX "evidence_link_commitment_id_9093780e" ON "evidence_link" ("commitment_id");

CREATE INDEX "evidence_link_indicator_id_f00a85f4" ON "evidence_link" ("indicator_id");

CREATE INDEX "evidence_link_instrument_id_927176be" ON "evidence_link" ("instrument_id");

CREATE INDEX "evidence_link_meeting_id_3afa8ffe" ON "evidence_link" ("meeting_id");

CREATE INDEX "evidence_link_provision_id_e117b1f3" ON "evidence_link" ("provision_id");

CREATE INDEX "evidence_link_series_id_dc5b1ad7" ON "evidence_link" ("series_id");

CREATE INDEX "evidence_link_target_id_b9a1ecd7" ON "evidence_link" ("target_id");

CREATE INDEX "evidence_suggestion_claim_id_40cf1d5b" ON "evidence_suggestion" ("claim_id");

CREATE INDEX "evidence_suggestion_document_id_bcda27dc" ON "evidence_suggestion" ("document_id");

CREATE INDEX "evidence_suggestion_party_id_e0971c31" ON "evidence_suggestion" ("party_id");

CREATE INDEX "exchange_savedmap_owner_id_56d9e4ac" ON "exchange_savedmap" ("owner_id");

CREATE INDEX "exchange_spreadsheetupload_document_id_1b6f28d7" ON "exchange_spreadsheetupload" ("document_id");

CREATE INDEX "exchange_spreadsheetupload_owner_id_bd517301" ON "exchange_spreadsheetupload" ("owner_id");

CREATE INDEX "exchange_spreadsheetupload_uploaded_73562b2f" ON "exchange_spreadsheetupload" ("uploaded");

CREATE INDEX "files_sourcefile_file_id_a19e24e3" ON "files_sourcefile" ("file_id");

CREATE INDEX "files_sourcefile_source_id_70a9da14" ON "files_sourcefile" ("source_id");

CREATE INDEX "followup_assignment_commitment_id_76e076fa" ON "followup_assignment" ("commitment_id");

CREATE INDEX "followup_assignment_report_id_631b3188" ON "followup_assignment" ("report_id");

CREATE INDEX "followup_comment_question_0a922fa4" ON "followup_comment" ("question");

CREATE INDEX "followup_comment_report_id_f57b223b" ON "followup_comment" ("report_id");

CREATE INDEX "followup_comment_submission_id_51af82ea" ON "followup_comment" ("submission_id");

CREATE INDEX "followup_confirmlink_cycle_id_e6132d76" ON "followup_confirmlink" ("cycle_id");

CREATE INDEX "followup_confirmlink_party_id_91548401" ON "followup_confirmlink" ("party_id");

CREATE INDEX "followup_cycle_document_id_8bb11df5" ON "followup_cycle" ("document_id");

CREATE INDEX "followup_cycle_previous_id_6e9f7ba0" ON "followup_cycle" ("previous_id");

CREATE INDEX "followup_lifedecision_commitment_id_8a144de1" ON "followup_lifedecision" ("commitment_id");

CREATE INDEX "followup_question_cycle_id_b04178a2" ON "followup_question" ("cycle_id");

CREATE INDEX "followup_question_key_44f0583d" ON "followup_question" ("key");

CREATE INDEX "followup_recordcheck_cycle_id_5a021686" ON "followup_recordcheck" ("cycle_id");

CREATE INDEX "followup_recordcheck_link_id_a0ba7646" ON "followup_recordcheck" ("link_id");

CREATE INDEX "followup_recordcheck_party_id_d7c8c0dd" ON "followup_recordcheck" ("party_id");

CREATE INDEX "followup_report_answered_with_id_f815b470" ON "followup_report" ("answered_with_id");

CREATE INDEX "followup_report_cycle_id_8904bfda" ON "followup_report" ("cycle_id");

CREATE INDEX "followup_report_party_id_731e20af" ON "followup_report" ("party_id");

CREATE INDEX "followup_report_provision_id_cf82f79d" ON "followup_report" ("provision_id");

CREATE INDEX "followup_reportfile_file_id_c0e60160" ON "followup_reportfile" ("file_id");

CREATE INDEX "followup_reportfile_report_id_4f21218a" ON "followup_reportfile" ("report_id");

CREATE INDEX "followup_saveddraft_report_id_5b7ab0bc" ON "followup_saveddraft" ("report_id");

CREATE INDEX "followup_sentfile_attached_id_0d07e149" ON "followup_sentfile" ("attached_id");

CREATE INDEX "followup_sentfile_submission_id_9b0e6fdf" ON "followup_sentfile" ("submission_id");

CREATE INDEX "followup_submission_report_id_d01ccc90" ON "followup_submission" ("report_id");

CREATE INDEX "followup_workbook_at_84d6b31f" ON "followup_workbook" ("at");

CREATE INDEX "followup_workbook_cycle_id_184a0347" ON "followup_workbook" ("cycle_id");

CREATE INDEX "followup_workbook_link_id_f9e453cd" ON "followup_workbook" ("link_id");

CREATE INDEX "followup_workbook_party_id_4e7056f3" ON "followup_workbook" ("party_id");

CREATE INDEX "indicators_feed_indicator_id_be3c8ee5" ON "indicators_feed" ("indicator_id");

CREATE INDEX "indicators_fetch_feed_id_3452b004" ON "indicators_fetch" ("feed_id");

CREATE INDEX "indicators_fetch_refresh_id_3b8dfe7a" ON "indicators_fetch" ("refresh_id");

CREATE INDEX "indicators_indicator_derived_from_id_1793c842" ON "indicators_indicator" ("derived_from_id");

CREATE INDEX "indicators_observation_series_id_036e67ac" ON "indicators_observation" ("series_id");

CREATE INDEX "indicators_observation_source_id_6c468d43" ON "indicators_observation" ("source_id");

CREATE INDEX "indicators_target_repeats_id_0237af90" ON "indicators_target" ("repeats_id");

CREATE INDEX "indicators_target_replaced_by_id_dc0113fb" ON "indicators_target" ("replaced_by_id");

CREATE INDEX "indicators_target_series_id_324d372d" ON "indicators_target" ("series_id");

CREATE INDEX "indicators_target_source_id_95149bff" ON "indicators_target" ("source_id");

CREATE INDEX "indicators_vintage_feed_id_ffc2fb59" ON "indicators_vintage" ("feed_id");

CREATE INDEX "limits_count_until_d0bc9b39" ON "limits_count" ("until");

CREATE INDEX "link_activity_in_brief" ON "evidence_link" ("commitment_id", "activity_id", "role", "confirmed", "withdrawn");

CREATE INDEX "link_claim_in_brief" ON "evidence_link" ("commitment_id", "claim_id", "role", "confirmed", "withdrawn");

CREATE INDEX "mfa_authenticator_user_id_0c3a50c0" ON "mfa_authenticator" ("user_id");

CREATE INDEX "notice_by_person" ON "notices_notice" ("user_id", "id" DESC);

CREATE INDEX "notice_by_way" ON "notices_notice" ("way", "next_try");

CREATE INDEX "notices_muted_user_id_f7699c9b" ON "notices_muted" ("user_id");

CREATE INDEX "notices_notice_user_id_62c74e71" ON "notices_notice" ("user_id");

CREATE UNIQUE INDEX "one_check_a_record" ON "followup_recordcheck" ("cycle_id", "party_id", "kind", "record") WHERE NOT "replaced";

CREATE UNIQUE INDEX "one_commitment_a_position" ON "agreements_commitment" ("provision_id", "position") WHERE "withdrawn" = '';

CREATE UNIQUE INDEX "one_life_decision_holds" ON "followup_lifedecision" ("commitment_id") WHERE "taken_back" IS NULL;

CREATE UNIQUE INDEX "one_standing_file_a_report" ON "followup_reportfile" ("report_id", "file_id") WHERE "withdrawn" IS NULL;

CREATE UNIQUE INDEX "one_standing_file_a_source" ON "files_sourcefile" ("source_id", "file_id") WHERE "withdrawn" = '';

CREATE UNIQUE INDEX "provision_activity_once" ON "evidence_link" ("provision_id", "activity_id") WHERE ("activity_id" IS NOT NULL AND "withdrawn" = '');

CREATE UNIQUE INDEX "provision_claim_once" ON "evidence_link" ("provision_id", "claim_id") WHERE ("claim_id" IS NOT NULL AND "withdrawn" = '');

CREATE UNIQUE INDEX "provision_indicator_once" ON "evidence_link" ("provision_id", "indicator_id") WHERE ("indicator_id" IS NOT NULL AND "withdrawn" = '');

CREATE UNIQUE INDEX "provision_instrument_once" ON "evidence_link" ("provision_id", "instrument_id") WHERE ("instrument_id" IS NOT NULL AND "withdrawn" = '');

CREATE UNIQUE INDEX "provision_meeting_once" ON "evidence_link" ("provision_id", "meeting_id") WHERE ("meeting_id" IS NOT NULL AND "withdrawn" = '');

CREATE UNIQUE INDEX "provision_series_once" ON "evidence_link" ("provision_id", "series_id") WHERE ("series_id" IS NOT NULL AND "withdrawn" = '');

CREATE UNIQUE INDEX "provision_target_once" ON "evidence_link" ("provision_id", "target_id") WHERE ("target_id" IS NOT NULL AND "withdrawn" = '');

CREATE INDEX "report_by_state" ON "followup_report" ("cycle_id", "state");

CREATE INDEX "saved_views_savedview_document_id_5e9fb9d6" ON "saved_views_savedview" ("document_id");

CREATE INDEX "saved_views_savedview_owner_id_9a5446d3" ON "saved_views_savedview" ("owner_id");

CREATE INDEX "search_entry_document" ON "search_entry" ("document");

CREATE INDEX "search_entry_group_record" ON "search_entry" ("group", "record");

CREATE INDEX "search_word_size_16df1643" ON "search_word" ("size");

CREATE UNIQUE INDEX "socialaccount_socialaccount_provider_uid_fc810c6e_uniq" ON "socialaccount_socialaccount" ("provider", "uid");

CREATE INDEX "socialaccount_socialaccount_user_id_8146e70c" ON "socialaccount_socialaccount" ("user_id");

CREATE INDEX "socialaccount_socialtoken_account_id_951f210e" ON "socialaccount_socialtoken" ("account_id");

CREATE INDEX "socialaccount_socialtoken_app_id_636a42d7" ON "socialaccount_socialtoken" ("app_id");

CREATE UNIQUE INDEX "socialaccount_socialtoken_app_id_account_id_fca4e0ac_uniq" ON "socialaccount_socialtoken" ("app_id", "account_id");

CREATE INDEX "source_in_brief" ON "evidence_source" ("id", "publisher_kind", "published");

CREATE UNIQUE INDEX "unique_authenticator_type" ON "mfa_authenticator" ("user_id", "type") WHERE "type" IN ('totp', 'recovery_codes');

CREATE UNIQUE INDEX "unique_primary_email" ON "account_emailaddress" ("user_id", "primary") WHERE "primary";

CREATE UNIQUE INDEX "unique_verified_email" ON "account_emailaddress" ("email") WHERE "verified";

CREATE INDEX "usersessions_usersession_user_id_af5e0a6d" ON "usersessions_usersession" ("user_id");

CREATE INDEX "workbench_b_draft_i_81a267_idx" ON "workbench_bench" ("draft_id", "page");

CREATE INDEX "workbench_bench_draft_id_a24d1c16" ON "workbench_bench" ("draft_id");

CREATE INDEX "workbench_draft_sha256_8463c01d" ON "workbench_draft" ("sha256");

CREATE INDEX "workbench_step_draft_id_413d4a02" ON "workbench_step" ("draft_id");

CREATE INDEX "workbench_step_turns_id_622bd36f" ON "workbench_step" ("turns_id");

CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit_auditevent BEGIN
            SELECT RAISE(ABORT, 'the audit record is append-only');
        END;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit_auditevent WHEN old.sequence IS NOT NULL BEGIN
            SELECT RAISE(ABORT, 'the audit record is append-only');
        END;

CREATE TRIGGER link_shares_insert BEFORE INSERT ON evidence_link
    WHEN NEW.activity_id IS NOT NULL AND NEW.share IS NOT NULL AND NEW.withdrawn = ''
    BEGIN
        SELECT RAISE(ABORT, 'the shares of one activity exceed 100 per cent')
        WHERE CAST(NEW.share AS REAL) + (
            SELECT COALESCE(SUM(CAST(share AS REAL)), 0) FROM evidence_link
            WHERE activity_id = NEW.activity_id AND id <> NEW.id AND withdrawn = ''
        ) > 100.000001;
    END;

CREATE TRIGGER link_shares_update BEFORE UPDATE OF share, activity_id, withdrawn ON evidence_link
    WHEN NEW.activity_id IS NOT NULL AND NEW.share IS NOT NULL AND NEW.withdrawn = ''
    BEGIN
        SELECT RAISE(ABORT, 'the shares of one activity exceed 100 per cent')
        WHERE CAST(NEW.share AS REAL) + (
            SELECT COALESCE(SUM(CAST(share AS REAL)), 0) FROM evidence_link
            WHERE activity_id = NEW.activity_id AND id <> NEW.id AND withdrawn = ''
        ) > 100.000001;
    END;

CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_words(rowid, words) VALUES (new.id, new.words);
    END;

CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.id, old.words);
    END;
