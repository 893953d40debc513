/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.store.jdbc;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.ralph.RunId;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/** db-scheduler as its documentation shows it, on a table as its documentation shows it: what ours is measured against. */
final class BareQueue {

    private static final String TASK = "bare";

    private BareQueue() {}

    /** An empty table. */
    static void makeTable(DataSource source) {
        Jdbi.create(source).useHandle(handle -> {
            handle.execute("DROP TABLE IF EXISTS public.scheduled_tasks");
            handle.execute("""
                    CREATE TABLE public.scheduled_tasks (
                        task_name text NOT NULL, task_instance text NOT NULL, task_data bytea,
                        execution_time timestamptz NOT NULL, picked boolean NOT NULL, picked_by text,
                        last_success timestamptz, last_failure timestamptz, consecutive_failures int,
                        last_heartbeat timestamptz, version bigint NOT NULL, priority smallint,
                        PRIMARY KEY (task_name, task_instance))""");
            handle.execute("CREATE INDEX execution_time_idx ON public.scheduled_tasks (execution_time)");
            handle.execute("CREATE INDEX last_heartbeat_idx ON public.scheduled_tasks (last_heartbeat)");
            handle.execute("CREATE INDEX priority_execution_time_idx ON public.scheduled_tasks"
                    + " (priority DESC, execution_time ASC)");
        });
    }

    static void fill(DataSource source, List<RunId> runs) {
        Jdbi.create(source).useHandle(handle -> {
            PreparedBatch batch = handle.prepareBatch("INSERT INTO public.scheduled_tasks"
                    + " (task_name, task_instance, execution_time, picked, version, priority)"
                    + " VALUES (:task, :run, clock_timestamp(), false, 1, 50)");
            runs.forEach(
                    run -> batch.bind("task", TASK).bind("run", run.toString()).add());
            batch.execute();
        });
    }

    static Scheduler node(DataSource source, String name, int threads, Consumer<RunId> work) {
        OneTimeTask<Void> task =
                Tasks.oneTime(TASK).execute((instance, context) -> work.accept(RunId.parse(instance.getId())));
        return Scheduler.create(source, task)
                .tableName("public.scheduled_tasks")
                .schedulerName(new SchedulerName.Fixed(name))
                .threads(threads)
                .enablePriority()
                .pollUsingLockAndFetch(0.5, 1.0)
                .pollingInterval(Duration.ofSeconds(1))
                .build();
    }
}
