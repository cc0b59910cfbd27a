package io.glulam.testkit.line;

import java.time.Duration;
import java.util.List;

/**
 * What a process answered to a line.
 *
 * @param rows of cells as text; a null is null
 * @param wall time from reading the line to the answer, in the process itself
 * @param processor time of the whole process in that time, garbage collection and compilation included
 * @param sinceStart processor time of the process from its start to the answer
 */
public record Answer(List<List<String>> rows, Duration wall, Duration processor, Duration sinceStart) {}
