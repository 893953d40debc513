/*
 * Copyright 2026 the Ralph for the JVM authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.ralph.tck;

import dev.ralph.BudgetLimit;
import dev.ralph.BudgetStatus;
import dev.ralph.CostQuery;
import dev.ralph.CostSum;
import dev.ralph.GateRecord;
import dev.ralph.Page;
import dev.ralph.RunId;
import dev.ralph.RunQuery;
import dev.ralph.RunSnapshot;
import dev.ralph.Spend;
import dev.ralph.StoreException;
import dev.ralph.audit.AuditEntry;
import dev.ralph.audit.AuditHead;
import dev.ralph.audit.AuditLog;
import dev.ralph.audit.AuditQuery;
import dev.ralph.audit.AuditRecord;
import dev.ralph.audit.AuditVerification;
import dev.ralph.spi.Claim;
import dev.ralph.spi.Command;
import dev.ralph.spi.Creation;
import dev.ralph.spi.Lease;
import dev.ralph.spi.NewRun;
import dev.ralph.spi.Step;
import dev.ralph.spi.StepResult;
import dev.ralph.spi.Store;
import dev.ralph.spi.StoreListener;
import dev.ralph.spi.UsageReport;
import dev.ralph.store.InMemoryStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Stores that get one thing wrong each, and the kit run on them. */
final class BrokenStores {

    private BrokenStores() {}

    abstract static class Kit extends StoreContract {

        abstract Store broken(Store store);

        @Override
        protected final Store open() {
            return broken(new InMemoryStore(InstantSource.system()));
        }
    }

    /** Knows the lease that was granted last, whatever the caller shows. */
    private static class LatestLeases extends ForwardingStore {

        private final Map<RunId, Lease> latest = new ConcurrentHashMap<>();

        LatestLeases(Store store) {
            super(store);
        }

        @Override
        public Claim claim(RunId run, String owner, Duration ttl, Set<Integer> stateVersions) {
            Claim claim = super.claim(run, owner, ttl, stateVersions);
            if (claim instanceof Claim.Granted granted) {
                latest.put(run, granted.lease());
            }
            return claim;
        }

        Lease latest(Lease shown) {
            return latest.getOrDefault(shown.run(), shown);
        }
    }

    static class WritesForAnybody extends Kit {
        @Override
        Store broken(Store store) {
            return new LatestLeases(store) {
                @Override
                public StepResult commit(Lease lease, Step step) {
                    return super.commit(latest(lease), step);
                }
            };
        }
    }

    static class NotesUsageForAnybody extends Kit {
        @Override
        Store broken(Store store) {
            return new LatestLeases(store) {
                @Override
                public void reportUsage(Lease lease, int iteration, int attempt, UsageReport report) {
                    super.reportUsage(latest(lease), iteration, attempt, report);
                }
            };
        }
    }

    static class ForgetsThatItCommitted extends Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                @Override
                public StepResult commit(Lease lease, Step step) {
                    boolean follows = find(lease.run())
                            .filter(run -> run.snapshot().version() == step.expectedVersion())
                            .isPresent();
                    if (!follows) {
                        throw new StoreException("another version");
                    }
                    return super.commit(lease, step);
                }
            };
        }
    }

    static class ForgetsWhatBecameOfOutputs extends Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                @Override
                public List<GateRecord> gates(RunId run) {
                    return super.gates(run).stream()
                            .map(gate -> new GateRecord(
                                    gate.iteration(), gate.gate(), gate.passed(), gate.feedback(), gate.took(), null))
                            .toList();
                }
            };
        }
    }

    static class RevivesLostLeases extends Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                @Override
                public Set<Lease> renew(Collection<Lease> leases, Duration ttl) {
                    Set<Lease> held = new HashSet<>(super.renew(leases, ttl));
                    for (Lease lease : leases) {
                        if (super.claim(lease.run(), lease.owner(), ttl, Set.of(Samples.STATE_VERSION))
                                instanceof Claim.Granted) {
                            held.add(lease);
                        }
                    }
                    return held;
                }
            };
        }
    }

    static class AppendsRepeatedCommandsAgain extends Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                @Override
                public long append(RunId run, UUID id, Command command, List<AuditEntry> audit) {
                    return super.append(run, UUID.randomUUID(), command, audit);
                }
            };
        }
    }

    static class TellsTheTrailOfRefusedCommands extends Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                @Override
                public long append(RunId run, UUID id, Command command, List<AuditEntry> audit) {
                    audit.forEach(audit().orElseThrow()::record);
                    return super.append(run, id, command);
                }
            };
        }
    }

    static class TellsTheTrailOfStepsByAndBy extends Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                @Override
                public StepResult commit(Lease lease, Step step) {
                    StepResult result = super.commit(lease, step.withAudit());
                    step.audit().forEach(entry -> audit().orElseThrow().record(anew(entry)));
                    return result;
                }
            };
        }
    }

    static class RecordsAnEntryAgain extends Kit {
        @Override
        Store broken(Store store) {
            AuditLog log = careless(store.audit().orElseThrow());
            return new ForwardingStore(store) {
                @Override
                public Optional<AuditLog> audit() {
                    return Optional.of(log);
                }
            };
        }

        private static AuditLog careless(AuditLog log) {
            Set<UUID> recorded = ConcurrentHashMap.newKeySet();
            return new AuditLog() {
                @Override
                public void record(AuditEntry entry) {
                    log.record(recorded.add(entry.id()) ? entry : anew(entry));
                }

                @Override
                public Page<AuditRecord> list(AuditQuery query) {
                    return log.list(query);
                }

                @Override
                public AuditVerification verify(@Nullable AuditHead since, @Nullable AuditHead expected) {
                    return log.verify(since, expected);
                }
            };
        }
    }

    private static AuditEntry anew(AuditEntry entry) {
        return new AuditEntry(
                UUID.randomUUID(),
                entry.at(),
                entry.principal(),
                entry.address(),
                entry.action(),
                entry.resource(),
                entry.run(),
                entry.tenant(),
                entry.outcome(),
                entry.node(),
                entry.details());
    }

    static class CountsOffsetsAsCursors extends Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                @Override
                public Page<RunSnapshot> list(RunQuery query) {
                    int from = query.after() == null ? 0 : Integer.parseInt(query.after());
                    List<RunSnapshot> all = super.list(query.withAfter(null).withLimit(RunQuery.MAX_LIMIT))
                            .items();
                    int to = Math.min(all.size(), from + query.limit());
                    return new Page<>(
                            all.subList(Math.min(from, to), to), to < all.size() ? Integer.toString(to) : null);
                }
            };
        }
    }

    static class TrimsText extends Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                @Override
                public Creation create(NewRun run) {
                    return super.create(Samples.newRun(
                            run.taskId(),
                            run.tenant() == null ? null : run.tenant().strip(),
                            run.subject(),
                            run.labels(),
                            run.agents(),
                            run.createdAt()));
                }
            };
        }
    }

    static class ReservesWhateverIsAsked extends Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                @Override
                public StepResult commit(Lease lease, Step step) {
                    StepResult result = super.commit(lease, step);
                    if (result instanceof StepResult.BudgetRefused refused) {
                        BudgetStatus budget = refused.budget();
                        defineBudget(new BudgetLimit(budget.limit().name(), null, null));
                        StepResult forced = super.commit(lease, step);
                        defineBudget(budget.limit());
                        return forced;
                    }
                    return result;
                }
            };
        }
    }

    static class BillsEstimates extends Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                @Override
                public List<CostSum> costs(CostQuery query) {
                    return super.costs(query).stream()
                            .map(sum -> new CostSum(
                                    sum.day(),
                                    sum.agent(),
                                    sum.label(),
                                    sum.attempts(),
                                    sum.unmetered(),
                                    sum.usage(),
                                    new Spend(sum.spend().total(), BigDecimal.ZERO, BigDecimal.ZERO)))
                            .toList();
                }
            };
        }
    }

    static class TellsListenersTooEarly extends Kit {
        @Override
        Store broken(Store store) {
            return new ForwardingStore(store) {
                private final List<StoreListener> listeners = new CopyOnWriteArrayList<>();

                @Override
                public AutoCloseable listen(StoreListener listener) {
                    listeners.add(listener);
                    return () -> listeners.remove(listener);
                }

                @Override
                public StepResult commit(Lease lease, Step step) {
                    listeners.forEach(listener -> listener.advanced(lease.run()));
                    return super.commit(lease, step);
                }
            };
        }
    }
}
