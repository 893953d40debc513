-- Tables of the host itself, beside those of Ralph. The same for H2 and PostgreSQL: the schema is quoted, as Flyway makes it so.

create table "host".api_key (
    id varchar(24) not null primary key,
    tenant varchar(100) not null,
    name varchar(100) not null,
    role varchar(16) not null,
    secret_hash char(64) not null,
    previous_hash char(64),
    previous_until timestamp with time zone,
    created_at timestamp with time zone not null,
    created_by varchar(255) not null,
    expires_at timestamp with time zone not null,
    revoked_at timestamp with time zone,
    last_used_at timestamp with time zone
);

create index api_key_of_tenant on "host".api_key (tenant, created_at);

-- At most one for a tenant: who inserts it prints it.
create table "host".setup_token (
    tenant varchar(100) not null primary key,
    token_hash char(64) not null,
    expires_at timestamp with time zone not null
);
