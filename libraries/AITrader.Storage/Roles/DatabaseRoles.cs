using AITrader.Storage.Model;
using AITrader.Storage.Transactions;
using Microsoft.EntityFrameworkCore;

namespace AITrader.Storage.Roles;

/// <summary>Makes the services' logins and gives them their rights; called by the schema's owner, after its migrations.</summary>
public static class DatabaseRoles
{
    private const int MaxNameLength = 63;

    /// <summary>Makes what is missing, sets the passwords and grants exactly the rights of each role, in one transaction; again and again,
    /// if need be.</summary>
    /// <returns>The logins that do not exist and have no password to be made with.</returns>
    /// <exception cref="DatabaseRoleException">A login exists and may do what a service must not.</exception>
    public static Task<IReadOnlyList<RoleLogin>> ApplyAsync(AITraderDbContext db, IReadOnlyList<RoleLogin> logins, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(logins);
        return db.InTransactionAsync<IReadOnlyList<RoleLogin>>(
            async token =>
            {
                await CloseAsync(db, token);
                var absent = new List<RoleLogin>();
                foreach (var login in logins)
                {
                    RequireName(login);
                    if (await ExistsAsync(db, login, token))
                    {
                        await GrantAsync(db, login, token);
                    }
                    else
                    {
                        absent.Add(login);
                    }
                }

                return absent;
            },
            ct
        );
    }

    // Any login of the server could connect and make temporary tables, and before PostgreSQL 15 create tables too.
    private static Task<int> CloseAsync(AITraderDbContext db, CancellationToken ct) =>
        ExecuteAsync(
            db,
            """
            DO $$ BEGIN EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database()); END $$;
            REVOKE CREATE ON SCHEMA public FROM PUBLIC;
            """,
            ct
        );

    private static async Task<bool> ExistsAsync(AITraderDbContext db, RoleLogin login, CancellationToken ct)
    {
        var exists = await IsSoAsync(db, $"SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = {login.Name}) AS \"Value\"", ct);
        if (login.Password is null)
        {
            return exists && await RequirePowerlessAsync(db, login, ct);
        }

        if (!exists)
        {
            await ExecuteAsync(db, $"CREATE ROLE \"{login.Name}\" LOGIN", ct);
        }

        // Beside the statement, so that neither a log nor a trace of statements shows even the verifier.
        await db.Database.ExecuteSqlAsync($"SELECT set_config('aitrader.verifier', {ScramVerifier.Create(login.Password)}, true)", ct);
        await ExecuteAsync(
            db,
            $"DO $$ BEGIN EXECUTE format('ALTER ROLE %I LOGIN PASSWORD %L', '{login.Name}', current_setting('aitrader.verifier')); END $$",
            ct
        );
        return await RequirePowerlessAsync(db, login, ct);
    }

    private static async Task<bool> RequirePowerlessAsync(AITraderDbContext db, RoleLogin login, CancellationToken ct)
    {
        var isPowerful = await IsSoAsync(
            db,
            $"""
            SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication OR rolbypassrls
                OR EXISTS (SELECT FROM pg_auth_members WHERE member = oid)
                OR EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid) AS "Value"
            FROM pg_roles WHERE rolname = {login.Name}
            """,
            ct
        );
        return isPowerful
            ? throw new DatabaseRoleException(
                $"The database's login '{login.Name}' is meant for services, but it has powers of its own, another role's rights or tables. Set another name in Roles:{login.Role.Kind}:Name, or take them away from it."
            )
            : true;
    }

    private static async Task GrantAsync(AITraderDbContext db, RoleLogin login, CancellationToken ct)
    {
        var name = $"\"{login.Name}\"";
        await ExecuteAsync(
            db,
            $"""
            DO $$ BEGIN EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), '{login.Name}'); END $$;
            REVOKE ALL ON SCHEMA public FROM {name};
            GRANT USAGE ON SCHEMA public TO {name};
            REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name};
            REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {name};
            REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM {name};
            """,
            ct
        );
        await ExecuteAsync(db, string.Join('\n', GrantsOf(db, login.Role, name)), ct);
    }

    private static IEnumerable<string> GrantsOf(AITraderDbContext db, DatabaseRole role, string name)
    {
        foreach (var table in db.Model.GetEntityTypes().Select(static entity => entity.GetTableName()!))
        {
            if (role.RightsOn(table) is { Length: > 0 } rights)
            {
                yield return $"GRANT {rights} ON {table} TO {name};";
            }
        }

        foreach (var function in role.Functions)
        {
            yield return $"GRANT EXECUTE ON FUNCTION {function} TO {name};";
        }

        if (role.DrawsFromSequences)
        {
            yield return $"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {name};";
        }
    }

    private static void RequireName(RoleLogin login)
    {
        if (
            login.Name.Length is 0 or > MaxNameLength
            || !login.Name.All(static letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_')
        )
        {
            throw new DatabaseRoleException(
                $"'{login.Name}' cannot be the name of a login: lower-case letters, digits and underscores, at most {MaxNameLength}."
            );
        }
    }

    private static Task<bool> IsSoAsync(AITraderDbContext db, FormattableString sql, CancellationToken ct) =>
        db.Database.SqlQuery<bool>(sql).SingleAsync(ct);

    // Names cannot be parameters; those here are constants or have passed RequireName.
    private static Task<int> ExecuteAsync(AITraderDbContext db, string sql, CancellationToken ct) =>
        db.Database.ExecuteSqlRawAsync(sql, ct);
}
