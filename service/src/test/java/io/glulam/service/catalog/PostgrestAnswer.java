package io.glulam.service.catalog;

/** What PostgREST or the gateway answers: JSON, or nothing. */
record PostgrestAnswer(int status, String body) {}
