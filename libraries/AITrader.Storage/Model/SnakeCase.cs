using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace AITrader.Storage.Model;

/// <summary>Column, key and index names as psql users write them.</summary>
/// <remarks>Not by EFCore.NamingConventions: it rewrites EF Core's own names, which for a foreign key hold the table that it points to
/// (<c>fk_sign_in_codes_users_user_id</c>), so every foreign key of a stored database would have to be renamed; and it has to be switched
/// on wherever options are built, where this belongs to the model itself.</remarks>
internal static class SnakeCase
{
    /// <summary>Renames what the model has not named itself.</summary>
    public static void Apply(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes())
        {
            foreach (var property in entity.GetProperties())
            {
                if (property.FindAnnotation(RelationalAnnotationNames.ColumnName) is null)
                {
                    property.SetColumnName(Of(property.Name));
                }
            }

            RenameKeysAndIndexes(entity);
        }
    }

    /// <summary>FilledQuantity becomes filled_quantity.</summary>
    public static string Of(string name)
    {
        var text = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    private static void RenameKeysAndIndexes(IMutableEntityType entity)
    {
        var table = entity.GetTableName();
        foreach (var key in entity.GetKeys())
        {
            key.SetName($"pk_{table}");
        }

        foreach (var foreign in entity.GetForeignKeys())
        {
            foreign.SetConstraintName($"fk_{table}_{Columns(foreign.Properties)}");
        }

        foreach (var index in entity.GetIndexes())
        {
            index.SetDatabaseName($"ix_{table}_{Columns(index.Properties)}");
        }
    }

    private static string Columns(IEnumerable<IMutableProperty> properties) =>
        string.Join('_', properties.Select(static property => property.GetColumnName()));
}
