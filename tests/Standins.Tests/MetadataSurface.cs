using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Standins.Tests;

/// <summary>What one assembly takes from another and what an assembly offers, with whole signatures, without loading either.</summary>
internal static class MetadataSurface
{
    /// <summary>Types and members of the assembly that the client refers to.</summary>
    public static HashSet<string> RequiredFrom(byte[] client, string assembly)
    {
        using var file = new PEReader(ImmutableArray.Create(client));
        var metadata = file.GetMetadataReader();
        var names = new SignatureNames();
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var handle in metadata.TypeReferences)
        {
            if (AssemblyOf(metadata, handle) == assembly)
            {
                found.Add(names.GetTypeFromReference(metadata, handle, 0));
            }
        }

        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (ParentOf(metadata, member.Parent) is { } parent && AssemblyOf(metadata, parent) == assembly)
            {
                var type = names.GetTypeFromReference(metadata, parent, 0);
                found.Add($"{type}::{metadata.GetString(member.Name)} {SignatureOf(member, names)}");
            }
        }

        return found;
    }

    /// <summary>Public types, and their public and protected members.</summary>
    public static HashSet<string> OfferedBy(byte[] assembly)
    {
        using var file = new PEReader(ImmutableArray.Create(assembly));
        var metadata = file.GetMetadataReader();
        var names = new SignatureNames();
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var handle in metadata.TypeDefinitions)
        {
            var definition = metadata.GetTypeDefinition(handle);
            if ((definition.Attributes & TypeAttributes.VisibilityMask) is not (TypeAttributes.Public or TypeAttributes.NestedPublic))
            {
                continue;
            }

            var type = names.GetTypeFromDefinition(metadata, handle, 0);
            found.Add(type);
            found.UnionWith(definition.GetMethods().Select(metadata.GetMethodDefinition).Where(IsVisible)
                .Select(method => $"{type}::{metadata.GetString(method.Name)} {Describe(method.DecodeSignature(names, null))}"));
            found.UnionWith(definition.GetFields().Select(metadata.GetFieldDefinition).Where(IsVisible)
                .Select(field => $"{type}::{metadata.GetString(field.Name)} {field.DecodeSignature(names, null)}"));
        }

        return found;
    }

    private static bool IsVisible(MethodDefinition method) =>
        (method.Attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static bool IsVisible(FieldDefinition field) =>
        (field.Attributes & FieldAttributes.FieldAccessMask) is FieldAttributes.Public or FieldAttributes.Family or FieldAttributes.FamORAssem;

    private static string SignatureOf(MemberReference member, SignatureNames names) => member.GetKind() == MemberReferenceKind.Field
        ? member.DecodeFieldSignature(names, null)
        : Describe(member.DecodeMethodSignature(names, null));

    private static string Describe(MethodSignature<string> signature) =>
        $"{signature.ReturnType} `{signature.GenericParameterCount}({string.Join(", ", signature.ParameterTypes)}){(signature.Header.IsInstance ? string.Empty : " static")}";

    // A member of a constructed generic type hangs on a signature; the type that it names comes first in it.
    private static TypeReferenceHandle? ParentOf(MetadataReader metadata, EntityHandle parent)
    {
        if (parent.Kind == HandleKind.TypeReference)
        {
            return (TypeReferenceHandle)parent;
        }

        if (parent.Kind != HandleKind.TypeSpecification)
        {
            return null;
        }

        var blob = metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
        if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
        {
            return null;
        }

        blob.ReadCompressedInteger();
        var type = blob.ReadTypeHandle();
        return type.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)type : null;
    }

    private static string? AssemblyOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        var scope = metadata.GetTypeReference(handle).ResolutionScope;
        return scope.Kind switch
        {
            HandleKind.TypeReference => AssemblyOf(metadata, (TypeReferenceHandle)scope),
            HandleKind.AssemblyReference => metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)scope).Name),
            _ => null,
        };
    }
}
