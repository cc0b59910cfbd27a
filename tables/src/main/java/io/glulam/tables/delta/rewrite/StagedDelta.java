package io.glulam.tables.delta.rewrite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.glulam.CompactionOptions;
import io.glulam.error.CorruptFile;
import io.glulam.error.Place;
import io.glulam.error.Unsupported;
import io.glulam.storage.ObjectRef;
import io.glulam.storage.ObjectRemover;
import io.glulam.tables.CommitStateUnknown;
import io.glulam.tables.SourceDigest;
import io.glulam.tables.StagedCompaction;
import io.glulam.tables.StagedFile;
import io.glulam.tables.StagedOutput;
import io.glulam.tables.TableAddress;
import io.glulam.tables.TablePlan;
import io.glulam.tables.delta.engine.LogStore;
import io.glulam.tables.delta.files.DataFile;
import io.glulam.tables.delta.files.FormClasses;
import io.glulam.tables.delta.files.TableFolder;
import io.glulam.tables.delta.files.TableForm;
import io.glulam.tables.delta.log.DeletionVector;
import io.glulam.tables.delta.log.DeltaLog;
import io.glulam.tables.delta.plan.DeltaPlan;
import io.glulam.tables.delta.plan.MergeGroup;
import io.glulam.tables.planning.LeftTally;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A compaction of a Delta table whose files are written one by one. */
public final class StagedDelta implements StagedCompaction {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern NAME = Pattern.compile("(.*/)?part-[0-9]{5}-[A-Za-z0-9_-]+-glulam\\.parquet");

    private final TableAddress.Delta address;
    private final TableFolder folder;
    private final DeltaLog log;
    private final DeltaPlan plan;
    private final Commits commits;
    private final GroupMerger merger;
    private final List<MergeGroup> groups;
    private final List<String> notes = new ArrayList<>();
    private boolean committed;

    /** @param commits that the request allows */
    public StagedDelta(
            TableAddress.Delta address,
            TableFolder folder,
            DeltaLog log,
            DeltaPlan plan,
            Commits commits,
            CompactionOptions options) {
        this.address = address;
        this.folder = folder;
        this.log = log;
        this.plan = plan;
        this.commits = commits;
        this.merger = new GroupMerger(folder, log, TableForm.of(plan.version()), plan.looks(), options);
        this.groups = divided(plan, notes);
    }

    /**
     * Groups of which planning has not read the footers are divided by form now.
     *
     * @param notes hear of files that are left
     */
    private static List<MergeGroup> divided(DeltaPlan plan, List<String> notes) {
        FormClasses classes = new FormClasses(TableForm.of(plan.version()), plan.looks());
        List<MergeGroup> groups = new ArrayList<>();
        for (MergeGroup group : plan.groups()) {
            LeftTally left = new LeftTally((reason, files) -> "");
            List<List<DataFile>> divided = classes.divide(group.files(), left);
            for (List<DataFile> files : divided) {
                if (files.size() > 1 || group.files().size() == 1) {
                    groups.add(new MergeGroup(group.partition(), group.partitionName(), files));
                } else {
                    notes.add(files.get(0).path() + " was left: no other file of its group has its physical form");
                }
            }
            left.files().forEach(files -> notes.add("left: " + String.join(", ", files.examples())));
        }
        return groups;
    }

    @Override
    public TablePlan plan() {
        return plan.shown();
    }

    @Override
    public Commits commits() {
        return commits;
    }

    @Override
    public List<StagedOutput> outputs() {
        return groups.stream().map(StagedDelta::staged).toList();
    }

    private static StagedOutput staged(MergeGroup group) {
        SourceDigest digest = new SourceDigest();
        group.files().forEach(file -> {
            digest.add(file.path(), file.size());
            DeletionVector deletes = file.deletes();
            if (deletes != null) {
                digest.add(deletes.storage() + deletes.place() + '@' + deletes.offset(), deletes.bytes());
            }
        });
        return new StagedOutput(group.partitionName(), group.files().size(), group.bytes(), digest.text());
    }

    @Override
    public String place(int output, String attempt) {
        return GroupMerger.folderOf(groups.get(output).files().get(0).path())
                + "part-%05d-%s-glulam.parquet".formatted(output, attempt);
    }

    @Override
    public @Nullable StagedFile write(int output, String place) {
        OutputResult.NewFile file;
        try {
            file = merger.write(groups.get(output).files(), place);
        } catch (Unsupported | CorruptFile failure) {
            return null;
        }
        return new StagedFile(
                output, place, entry(file), List.of(), groups.get(output).bytes(), file.made(), file.traffic());
    }

    private static String entry(OutputResult.NewFile file) {
        ObjectNode json = JSON.createObjectNode();
        json.put("modified", file.modified());
        json.put("bytes", file.bytes());
        json.put("rows", file.rows());
        file.inputRows().forEach(json.putArray("inputRows")::add);
        if (file.found() != null) {
            json.put("found", file.found());
        }
        return json.toString();
    }

    private NewFile file(StagedFile staged) {
        JsonNode json;
        try {
            json = JSON.readTree(staged.entry());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the entry of " + staged.place() + " is not JSON", e);
        }
        MergeGroup group = groups.get(staged.output());
        List<Long> inputRows = new ArrayList<>();
        json.path("inputRows").forEach(rows -> inputRows.add(rows.longValue()));
        return new NewFile(
                group,
                staged.place(),
                json.path("modified").longValue(),
                group.files().stream().map(plan.looks()::columns).toList(),
                json.path("bytes").longValue(),
                json.path("rows").longValue(),
                inputRows,
                json.path("found").textValue());
    }

    @Override
    public void removeNew(String place) {
        removeNew(place, folder);
    }

    public static void removeNew(String place, TableFolder folder) {
        ObjectRef object = folder.file(place);
        if (object == null || !NAME.matcher(place).matches()) {
            throw new Unsupported(Place.of(place), "the file is none of Glulam's", null);
        }
        ObjectRemover.deleteIfAble(object);
    }

    @Override
    public @Nullable Long find(String run) {
        return log.find(run, plan.version().number() + 1);
    }

    @Override
    public Committed commit(List<StagedFile> files, String run) {
        List<NewFile> added = files.stream().map(this::file).toList();
        try {
            DeltaLog.Committed done = new TableCommit(log, address.toString(), plan.version(), added, run)
                    .commit(committed ? log.newest() : plan.version());
            committed = true;
            return committed(done.version(), done.note());
        } catch (LogStore.UnknownWrite unknown) {
            throw new CommitStateUnknown(
                    address, files.stream().map(StagedFile::place).toList(), unknown);
        }
    }

    @Override
    public Committed committed(long version) {
        return committed(version, null);
    }

    private Committed committed(long version, @Nullable String note) {
        List<String> all = new ArrayList<>(notes);
        if (note != null) {
            all.add(note);
        }
        return new Committed(version, "VACUUM " + folder.sqlName(), all);
    }
}
