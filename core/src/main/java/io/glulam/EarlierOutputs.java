package io.glulam;

import io.glulam.inputs.Candidate;
import io.glulam.inputs.FoundInputs;
import io.glulam.manifest.Manifest;
import io.glulam.manifest.OutputName;
import io.glulam.manifest.OutputTiers;
import io.glulam.manifest.RecordedOutput;
import io.glulam.storage.ObjectFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes small outputs of earlier merges up again, in front of the new inputs of their groups. */
final class EarlierOutputs {
    private final OutputFolder folder;
    private final Manifest manifest;
    private final long target;

    /** @param target bytes that an output aims at */
    EarlierOutputs(OutputFolder folder, Manifest manifest, long target) {
        this.folder = folder;
        this.manifest = manifest;
        this.target = target;
    }

    /** Returns the inputs, and before them the outputs that are merged again with them. */
    FoundInputs before(FoundInputs fresh) {
        Map<String, Long> sizes = new LinkedHashMap<>();
        fresh.candidates().forEach(input -> sizes.merge(input.group(), size(input), Long::sum));
        FoundInputs.Builder all = fresh.toBuilder();
        sizes.forEach((group, bytes) -> taken(group, bytes).forEach(all::add));
        fresh.candidates().forEach(all::add);
        return all.build();
    }

    private long size(Candidate input) {
        if (input.size() >= 0) {
            return input.size();
        }
        ObjectFacts facts = folder.facts(input.object());
        return facts == null ? 0 : facts.size();
    }

    private List<Candidate> taken(String group, long fresh) {
        List<RecordedOutput> outputs = manifest.outputs().values().stream()
                .filter(output -> OutputName.index(group, output.name()) >= 0)
                .filter(output -> !manifest.isMergedAgain(output, folder.root()))
                .sorted(Comparator.comparingInt(output -> OutputName.index(group, output.name())))
                .toList();
        long[] sizes = outputs.stream().mapToLong(RecordedOutput::size).toArray();
        int count = OutputTiers.taken(sizes, fresh, target);
        List<Candidate> taken = new ArrayList<>();
        for (RecordedOutput output : outputs.subList(outputs.size() - count, outputs.size())) {
            ObjectFacts facts = folder.facts(output.name());
            if (facts != null && output.is(facts.size(), facts.version())) {
                taken.add(new Candidate(folder.file(output.name()), group, facts.size(), facts.version()));
            }
        }
        return taken;
    }
}
