using AITrader.Inference.Tensors;
using Microsoft.ML.OnnxRuntime;

namespace AITrader.Inference.Execution;

/// <summary>Binds a session to memory for one set of input shapes, so that repeated runs with these shapes allocate nothing inside the
/// runtime.</summary>
/// <remarks>Used by one request at a time. Inputs and outputs never share memory.</remarks>
internal sealed class BoundShape : IDisposable
{
    private readonly InferenceSession _session;
    private readonly ModelSignature _signature;
    private readonly OrtIoBinding _binding;
    private readonly OrtValue[] _inputs;
    private readonly OrtValue?[] _outputs;
    private readonly OrtValue[] _deviceInputs;
    private readonly OrtValue[] _deviceOutputs;
    private readonly LaneMemory _memory;

    public BoundShape(InferenceSession session, ModelSignature signature, ReadOnlySpan<Tensor> inputs, LaneMemory memory)
    {
        _session = session;
        _signature = signature;
        _memory = memory;
        Shapes = [.. inputs.ToArray().Select(static input => input.Shape)];
        _binding = session.CreateIoBinding();
        _inputs = new OrtValue[inputs.Length];
        _outputs = new OrtValue?[signature.Outputs.Count];
        BindInputs(inputs);
        BindOutputs();
        _deviceInputs = [.. _inputs.Select(host => memory.Fixed?.Like(host)).OfType<OrtValue>()];
        _deviceOutputs = [.. _outputs.Select(host => memory.Fixed?.Like(host!)).OfType<OrtValue>()];
        BindDevice();
    }

    public long[][] Shapes { get; }

    /// <summary>False where an input holds texts, because the runtime allocates memory for each text.</summary>
    public bool IsReusable => _signature.Inputs.All(static input => input.Type != TensorType.Bytes);

    public bool Fits(ReadOnlySpan<Tensor> inputs)
    {
        for (var i = 0; i < inputs.Length; i++)
        {
            if (!inputs[i].Shape.AsSpan().SequenceEqual(Shapes[i]))
            {
                return false;
            }
        }

        return true;
    }

    public void CopyIn(ReadOnlySpan<Tensor> inputs)
    {
        for (var i = 0; i < inputs.Length; i++)
        {
            if (inputs[i].Type == TensorType.Bytes)
            {
                CopyTexts(inputs[i].Texts, _inputs[i]);
            }
            else if (inputs[i].Raw.Length > 0)
            {
                inputs[i].Raw.CopyTo(_inputs[i].GetTensorMutableRawData());
            }

            // A device takes its copy of an input when it is bound: without this it would compute the first request again and again.
            if (_deviceInputs.Length > 0)
            {
                DeviceMemory.Copy(_inputs[i], _deviceInputs[i]);
            }
            else if (_memory.IsOnDevice)
            {
                _binding.BindInput(_signature.Inputs[i].Name, _inputs[i]);
            }
        }
    }

    public void Run(RunOptions options)
    {
        if (_memory.IsOnDevice)
        {
            _binding.SynchronizeBoundInputs();
        }

        _session.RunWithBinding(options, _binding);
        if (_memory.IsOnDevice)
        {
            _binding.SynchronizeBoundOutputs();
        }
    }

    public Tensor[] CopyOut()
    {
        using var made = Array.Exists(_outputs, static output => output is null) ? _binding.GetOutputValues() : null;
        var results = new Tensor[_outputs.Length];
        for (var i = 0; i < results.Length; i++)
        {
            if (_deviceOutputs.Length > 0)
            {
                DeviceMemory.Copy(_deviceOutputs[i], _outputs[i]!);
            }

            // Values come back in the order in which the outputs were bound.
            results[i] = CopyOut(_signature.Outputs[i], _outputs[i] ?? made![i]);
        }

        return results;
    }

    public void Dispose()
    {
        _binding.Dispose();
        foreach (var value in _inputs.Concat(_outputs).Concat(_deviceInputs).Concat(_deviceOutputs))
        {
            value?.Dispose();
        }
    }

    private void BindInputs(ReadOnlySpan<Tensor> inputs)
    {
        for (var i = 0; i < inputs.Length; i++)
        {
            _inputs[i] =
                inputs[i].Type == TensorType.Bytes
                    ? OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, inputs[i].Shape)
                    : OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, inputs[i].Type.ElementOf(), inputs[i].Shape);
            _binding.BindInput(inputs[i].Name, _inputs[i]);
        }
    }

    private void BindOutputs()
    {
        for (var i = 0; i < _outputs.Length; i++)
        {
            var spec = _signature.Outputs[i];
            if (TryResolve(spec) is { } shape)
            {
                _outputs[i] = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, spec.Type.ElementOf(), shape);
                _binding.BindOutput(spec.Name, _outputs[i]!);
            }
            else
            {
                _binding.BindOutputToDevice(spec.Name, OrtMemoryInfo.DefaultInstance);
            }
        }
    }

    // What is bound last counts.
    private void BindDevice()
    {
        for (var i = 0; i < _deviceInputs.Length; i++)
        {
            _binding.BindInput(_signature.Inputs[i].Name, _deviceInputs[i]);
        }

        for (var i = 0; i < _deviceOutputs.Length; i++)
        {
            _binding.BindOutput(_signature.Outputs[i].Name, _deviceOutputs[i]);
        }
    }

    // A varying output dimension is known beforehand where an input dimension has the same name.
    private long[]? TryResolve(TensorSpec spec)
    {
        if (spec.Type == TensorType.Bytes)
        {
            return null;
        }

        var shape = (long[])spec.Shape.Clone();
        for (var i = 0; i < shape.Length; i++)
        {
            if (shape[i] < 0 && (shape[i] = SizeOf(spec.Symbols[i])) < 0)
            {
                return null;
            }
        }

        return shape;
    }

    private long SizeOf(string symbol)
    {
        for (var i = 0; symbol.Length > 0 && i < _signature.Inputs.Count; i++)
        {
            var dimension = Array.IndexOf(_signature.Inputs[i].Symbols, symbol);
            if (dimension >= 0)
            {
                return Shapes[i][dimension];
            }
        }

        return -1;
    }

    private static void CopyTexts(byte[][] texts, OrtValue value)
    {
        for (var i = 0; i < texts.Length; i++)
        {
            value.StringTensorSetElementAt(texts[i].AsSpan(), i);
        }
    }

    // Bytes need not be text: a string of them would be another one.
    private static byte[][] CopyTexts(OrtValue value, int count)
    {
        var texts = new byte[count][];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = value.GetStringElementAsSpan(i).ToArray();
        }

        return texts;
    }

    private static Tensor CopyOut(TensorSpec spec, OrtValue value)
    {
        var shape = value.GetTensorTypeAndShape().Shape;
        return spec.Type == TensorType.Bytes
            ? Tensor.OfTexts(spec.Name, shape, CopyTexts(value, (int)Tensor.CountOf(shape)!.Value))
            : Tensor.OfRaw(spec.Name, spec.Type, shape, value.GetTensorMutableRawData().ToArray());
    }
}
