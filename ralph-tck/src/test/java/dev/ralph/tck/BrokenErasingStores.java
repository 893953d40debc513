/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.BudgetStatus;
import dev.ralph.Page;
import dev.ralph.Reservation;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.RunStateException;
import dev.ralph.RunStatus;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditLog;
import dev.ralph.spi.Command;
import dev.ralph.spi.Creation;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoredEvent;
import dev.ralph.spi.StoredRun;
import dev.ralph.store.InMemoryStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Stores that get one thing of erasing or purging wrong each, and the kit run on them. */
final class BrokenErasingStores {

    private BrokenErasingStores() {}

    static class ListsErasedRunsAsBefore extends BrokenStores.Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                private final Map<RunId, RunSnapshot> before = new HashMap<>();

                @Override
                public int erase(String subject, List<AuditEntry> audit) {
                    super.list(RunQuery.NEWEST.withSubject(subject)).items().forEach(run -> before.put(run.id(), run));
                    return super.erase(subject, audit);
                }

                @Override
                public Page<RunSnapshot> list(RunQuery query) {
                    Page<RunSnapshot> page = super.list(query);
                    return new Page<>(
                            page.items().stream()
                                    .map(run -> before.getOrDefault(run.id(), run))
                                    .toList(),
                            page.next());
                }
            };
        }
    }

    static class StillReadsErasedEvents extends BrokenStores.Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                private final Map<RunId, StoredEvent> first = new HashMap<>();

                @Override
                public Creation create(NewRun run) {
                    first.put(run.id(), run.submitted());
                    return super.create(run);
                }

                @Override
                public List<StoredEvent> events(RunId run, long seq, int max) {
                    List<StoredEvent> found = super.events(run, seq, max);
                    StoredEvent kept = first.get(run);
                    return found.isEmpty() && seq == 0 && kept != null ? List.of(kept) : found;
                }
            };
        }
    }

    static class HoldsTaskIds extends BrokenStores.Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                private final Map<String, StoredRun> tasks = new HashMap<>();

                @Override
                public Creation create(NewRun run) {
                    StoredRun holder = run.taskId() == null ? null : tasks.get(run.taskId());
                    if (holder != null) {
                        return new Creation(holder, false);
                    }
                    Creation creation = super.create(run);
                    if (run.taskId() != null) {
                        tasks.put(run.taskId(), creation.run());
                    }
                    return creation;
                }
            };
        }
    }

    static class PurgesWhatItErases extends BrokenStores.Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                @Override
                public int erase(String subject, List<AuditEntry> audit) {
                    int erased = super.erase(subject, audit);
                    super.purge(Instant.MAX);
                    return erased;
                }
            };
        }
    }

    static class WaitsForNobody extends BrokenStores.Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                @Override
                public int erase(String subject, List<AuditEntry> audit) {
                    try {
                        return super.erase(subject, audit);
                    } catch (RunStateException e) {
                        return 0;
                    }
                }
            };
        }
    }

    /** Neither erasing nor purging sees them. */
    static class ForgetsRetries extends BrokenStores.Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                @Override
                public long append(RunId run, UUID id, Command command, List<AuditEntry> audit) {
                    return command instanceof Command.Retry ? 2 : super.append(run, id, command, audit);
                }
            };
        }
    }

    static class ErasesInSilence extends BrokenStores.Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                @Override
                public int erase(String subject, List<AuditEntry> audit) {
                    return super.erase(subject, List.of());
                }
            };
        }
    }

    static class ErasesOnce extends BrokenStores.Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                private final Set<String> erased = new HashSet<>();

                @Override
                public int erase(String subject, List<AuditEntry> audit) {
                    return erased.add(subject) ? super.erase(subject, audit) : 0;
                }
            };
        }
    }

    static class ErasesEverybody extends BrokenStores.Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                @Override
                public int erase(String subject, List<AuditEntry> audit) {
                    super.list(RunQuery.NEWEST).items().stream()
                            .map(RunSnapshot::subject)
                            .filter(other -> other != null && !other.equals(subject))
                            .distinct()
                            .forEach(other -> super.erase(other, List.of()));
                    return super.erase(subject, audit);
                }
            };
        }
    }

    /** It says so, and erases. */
    static class SaysItCannotErase extends BrokenStores.Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store);
        }

        @Override
        public boolean erases() {
            return false;
        }
    }

    static class PurgesTheMomentItself extends BrokenStores.Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                @Override
                public int purge(Instant endedBefore) {
                    return super.purge(endedBefore.plusMillis(1));
                }
            };
        }
    }

    static class PurgesWhatIsOpen extends BrokenStores.Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                private final Set<RunId> hidden = new HashSet<>();

                @Override
                public int purge(Instant endedBefore) {
                    super.list(RunQuery.NEWEST.withStatuses(RunStatus.RUNNING, RunStatus.QUEUED))
                            .items()
                            .forEach(run -> hidden.add(run.id()));
                    return super.purge(endedBefore);
                }

                @Override
                public Optional<StoredRun> find(RunId run) {
                    return hidden.contains(run) ? Optional.empty() : super.find(run);
                }
            };
        }
    }

    static class PurgesTheTrail extends BrokenStores.Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                private boolean purged;

                @Override
                public int purge(Instant endedBefore) {
                    int count = super.purge(endedBefore);
                    purged = count > 1;
                    return count;
                }

                @Override
                public Optional<AuditLog> audit() {
                    return purged ? new InMemoryStore(InstantSource.system()).audit() : super.audit();
                }
            };
        }
    }

    static class PurgesBudgets extends BrokenStores.Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                private boolean purged;

                @Override
                public int purge(Instant endedBefore) {
                    int count = super.purge(endedBefore);
                    purged = count > 1;
                    return count;
                }

                @Override
                public Optional<BudgetStatus> budget(String name) {
                    return super.budget(name)
                            .map(budget -> purged
                                    ? new BudgetStatus(budget.limit(), 0, BigDecimal.ZERO, Reservation.NONE)
                                    : budget);
                }
            };
        }
    }

    /** It says so, and purges. */
    static class SaysItCannotPurge extends BrokenStores.Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store);
        }

        @Override
        public boolean purges() {
            return false;
        }
    }
}
